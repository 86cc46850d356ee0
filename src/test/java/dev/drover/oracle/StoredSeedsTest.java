package dev.drover.oracle;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The cases that failed once, stored beside the tests that found them. */
class StoredSeedsTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/oracle/seeds.csv", numLinesToSkip = 1)
    void what_failed_once_holds(String test, long seed, int kind) {
        switch (test) {
            case "conflicts" -> ConflictsAgainstProofTest.check(seed);
            case "rule" -> RuleAgreement.check(kind, seed);
            case "optimum" -> OraclesAgreeTest.check(seed);
            default ->
                throw new IllegalArgumentException(
                        "There is no test (" + test + ") to try again. Use conflicts, rule or optimum.");
        }
    }
}
