package dev.drover;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of the house as code. They are written for any root package, so that the fixtures, which live below another root, can
 * prove that each one bites.
 */
final class HouseRules {

    private static final List<String> PURE = List.of("model", "constraint", "forecast", "placement", "plan");
    /** Programs that run outside of the operator: the JDK and jspecify, and nothing of the house. */
    private static final List<String> ALONE = List.of("copy");

    private static final List<String> TOP = List.of("cli", "web", "reconcile", "app");
    private static final List<String> ADAPTERS =
            List.of("observe", "execute", "admission", "service", "status", "bench", "dump");
    private static final List<String> GROUND = List.of("kubevirt", "config");

    /** What a pure package may know of the house: those below it. */
    private static final Map<String, List<String>> BELOW = Map.of(
            "model", List.of(),
            "constraint", List.of("model"),
            "forecast", List.of("model"),
            "placement", List.of("constraint", "model"),
            "plan", List.of("placement", "constraint", "model"));

    private static final Set<String> CLOCKS =
            Set.of("now", "systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds");

    private final String root;

    private HouseRules(String root) {
        this.root = root;
    }

    static Map<String, ArchRule> of(String root) {
        HouseRules house = new HouseRules(root);
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("pure packages use the JDK and jspecify only", house.purity());
        PURE.forEach(name -> rules.put("layer " + name, house.layer(name, BELOW.get(name))));
        ALONE.forEach(name -> rules.put("layer " + name, house.layer(name, List.of())));
        rules.put("layer api", house.layer("api", List.of()));
        GROUND.forEach(name -> rules.put("layer " + name, house.layer(name, List.of("config", "model"))));
        ADAPTERS.forEach(name -> rules.put("layer " + name, house.notAbove(name)));
        rules.put("no cycles", house.noCycles());
        rules.put("time is injected", house.noCallTo("reads the clock", HouseRules::readsTheClock));
        rules.put("randomness is injected", house.noCallTo("is random without a seed", HouseRules::isRandom));
        rules.put("nobody sleeps", house.noCallTo("sleeps", HouseRules::sleeps));
        rules.put("only execute creates or deletes migrations", house.migrations());
        rules.put("names say what a class is", house.names());
        rules.put("no Optional fields", house.noOptionalFields());
        return rules;
    }

    private ArchRule purity() {
        return classes()
                .that(in(PURE).or(in(ALONE)))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(Stream.concat(
                                Stream.of("java..", "javax.net.ssl..", "org.jspecify.."),
                                Stream.concat(PURE.stream(), ALONE.stream()).map(this::pattern))
                        .toArray(String[]::new)))
                .allowEmptyShould(true);
    }

    private ArchRule layer(String name, List<String> below) {
        List<String> known = new ArrayList<>(below);
        known.add(name);
        return noClasses()
                .that(in(List.of(name)))
                .should()
                .dependOnClassesThat(ours().and(not(in(known))))
                .allowEmptyShould(true);
    }

    private ArchRule notAbove(String name) {
        return noClasses()
                .that(in(List.of(name)))
                .should()
                .dependOnClassesThat(in(TOP))
                .allowEmptyShould(true);
    }

    private ArchRule noCycles() {
        return SlicesRuleDefinition.slices()
                .matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    private ArchRule noCallTo(String what, java.util.function.Predicate<JavaCall<?>> forbidden) {
        return noClasses()
                .that(not(in(List.of("config"))))
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(what, forbidden))
                .allowEmptyShould(true);
    }

    private ArchRule migrations() {
        return noClasses()
                .that(not(in(List.of("execute", "kubevirt"))))
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "creates or deletes a migration",
                        call -> call.getTargetOwner().getPackageName().startsWith(root + ".kubevirt")
                                && call.getName().matches("(create|delete|cancel)Migration.*")))
                .allowEmptyShould(true);
    }

    private ArchRule names() {
        return noClasses()
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.haveNameMatching(
                        ".*(Util|Utils|Helper|Manager|Impl|Host)"))
                .allowEmptyShould(true);
    }

    private ArchRule noOptionalFields() {
        return fields().should().notHaveRawType(Optional.class).allowEmptyShould(true);
    }

    private static boolean readsTheClock(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        return owner.equals("java.lang.System") && call.getName().equals("currentTimeMillis")
                || owner.startsWith("java.time.")
                        && CLOCKS.contains(call.getName())
                        && call.getTarget().getRawParameterTypes().isEmpty();
    }

    private static boolean isRandom(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        return call.getTargetOwner().isEquivalentTo(Random.class)
                        && call.getName().equals("<init>")
                        && call.getTarget().getRawParameterTypes().isEmpty()
                || owner.equals("java.lang.Math") && call.getName().equals("random")
                || owner.equals("java.util.UUID") && call.getName().equals("randomUUID")
                || owner.equals("java.util.concurrent.ThreadLocalRandom");
    }

    private static boolean sleeps(JavaCall<?> call) {
        return call.getTargetOwner().isEquivalentTo(Thread.class)
                && call.getName().equals("sleep");
    }

    private DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(root + "..");
    }

    private DescribedPredicate<JavaClass> in(List<String> packages) {
        return resideInAnyPackage(packages.stream().map(this::pattern).toArray(String[]::new));
    }

    private String pattern(String name) {
        return root + "." + name + "..";
    }
}
