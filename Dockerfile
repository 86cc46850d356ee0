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
COPY docs/how-to/dump.json /tmp/dump.json
# The classes as they are once loaded and linked (JEP 483 and 514), from a run on a sample; one that does not fit is passed over.
RUN ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "--sun-misc-unsafe-memory-access=allow", "-XX:AOTCacheOutput=/opt/drover/drover.aot", "-jar", "/opt/drover/quarkus-run.jar", "plan", "show", "-f", "/tmp/dump.json"]
USER 65532:65532
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--sun-misc-unsafe-memory-access=allow", "-XX:AOTCache=/opt/drover/drover.aot", "-Xlog:aot*=off,cds*=off", "-jar", "/opt/drover/quarkus-run.jar"]
CMD ["operator"]
