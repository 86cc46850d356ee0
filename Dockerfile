# The image of the operator. Build: docker build -t registry.example.com/drover .
FROM docker.io/library/eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install --yes --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY pom.xml .
COPY crds crds
COPY src/main src/main
RUN mvn -B -q package -Dmaven.test.skip=true

FROM docker.io/library/eclipse-temurin:25-jre
COPY --from=build /src/target/quarkus-app /opt/drover
USER 65532:65532
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/drover/quarkus-run.jar"]
CMD ["operator"]
