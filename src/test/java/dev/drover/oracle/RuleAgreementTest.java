package dev.drover.oracle;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class RuleAgreementTest {

    @Property(tries = 1_100)
    void the_solver_the_oracle_and_the_checker_agree_about_each_kind_of_rule(
            @ForAll @IntRange(min = 0, max = SmallWorlds.KINDS - 1) int kind,
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        RuleAgreement.check(kind, seed);
    }
}
