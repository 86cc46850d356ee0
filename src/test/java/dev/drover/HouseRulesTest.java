package dev.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {

    private static final String FIXTURE = "dev.drover.fixture";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.drover");
    private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(FIXTURE);

    @ParameterizedTest
    @MethodSource("rules")
    void theProductKeepsTheRule(String rule) {
        assertThat(HouseRules.of("dev.drover")
                        .get(rule)
                        .evaluate(PRODUCT)
                        .getFailureReport()
                        .getDetails())
                .as(rule)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pure packages use the JDK and jspecify only, model.ParsesJson",
        "layer model, model.KnowsThePlan",
        "layer constraint, constraint.KnowsTheSolver",
        "layer forecast, forecast.KnowsAConstraint",
        "layer placement, placement.KnowsThePlan",
        "layer plan, plan.ReadsAPolicy",
        "layer copy, copy.KnowsTheModel",
        "layer api, api.KnowsTheModel",
        "layer kubevirt, kubevirt.KnowsTheObserver",
        "layer config, config.KnowsTheObserver",
        "layer observe, observe.KnowsTheCommandLine",
        "layer execute, execute.KnowsTheLoop",
        "layer admission, admission.KnowsTheLoop",
        "layer service, service.KnowsTheLoop",
        "layer status, status.KnowsTheLoop",
        "layer bench, bench.KnowsTheCommandLine",
        "layer dump, dump.KnowsTheCommandLine",
        "no cycles, observe.KnowsTheCommandLine",
        "time is injected, placement.ReadsTheClock",
        "randomness is injected, placement.ThrowsDice",
        "nobody sleeps, execute.Sleeps",
        "only execute creates or deletes migrations, reconcile.StartsAMigration",
        "names say what a class is, status.ReasonUtil",
        "no Optional fields, admission.KeepsAnOptional"
    })
    void theRuleBites(String rule, String offender) {
        assertThat(HouseRules.of(FIXTURE)
                        .get(rule)
                        .evaluate(FIXTURES)
                        .getFailureReport()
                        .getDetails())
                .as(rule)
                .anyMatch(detail -> detail.contains(FIXTURE + "." + offender));
    }

    @Test
    void everyRuleHasAFixtureThatItBites() throws NoSuchMethodException {
        String table = String.join(
                "\n",
                HouseRulesTest.class
                        .getDeclaredMethod("theRuleBites", String.class, String.class)
                        .getAnnotation(CsvSource.class)
                        .value());

        assertThat(rules()).allMatch(rule -> table.contains(rule + ","));
    }

    @Test
    void theSourcesKeepTheirSizes() {
        assertThat(SourceRules.violations(Path.of("src/main/java/dev"))).isEmpty();
    }

    @Test
    void aSourceOfTheLargestSizesIsLetThrough(@TempDir Path folder) throws IOException {
        write(folder, "Fits.java", "class Fits { Fits(int a, int b, int c, int d, int e) {" + "\n".repeat(39) + "} }");
        write(folder, "Wide.java", "record Wide(int a, int b, int c, int d, int e, int f) {}" + "\n".repeat(399));
        write(folder, "package-info.java", "@NullMarked package fits;");

        assertThat(SourceRules.violations(folder)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void aSourceThatIsTooLargeIsNamed(String source, String complaint, @TempDir Path folder) throws IOException {
        write(folder, "Offender.java", source);
        write(folder, "package-info.java", "@NullMarked package offender;");

        assertThat(SourceRules.violations(folder))
                .singleElement()
                .asString()
                .contains("Offender.java")
                .contains(complaint);
    }

    @Test
    void aPackageThatIsNotNullMarkedIsNamed(@TempDir Path folder) throws IOException {
        write(folder, "Offender.java", "class Offender {}");

        assertThat(SourceRules.violations(folder))
                .singleElement()
                .asString()
                .contains(folder + " has no package-info.java");
    }

    static Stream<String> rules() {
        return HouseRules.of("dev.drover").keySet().stream();
    }

    static List<Arguments> tooLarge() {
        String six = String.join(", ", Collections.nCopies(6, "int x"));
        return List.of(
                Arguments.of("class Offender {}\n" + "\n".repeat(400), "401 lines; at most 400"),
                Arguments.of("class Offender { void act() {" + "\n".repeat(40) + "} }", "act has 41 lines; at most 40"),
                Arguments.of("class Offender { void act(" + six + ") {} }", "act has 6 parameters; at most 5"),
                Arguments.of("class Offender { Offender(" + six + ") {} }", "<init> has 6 parameters; at most 5"));
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
