package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.placement.Relocation;
import dev.drover.status.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P7, P12: what keeps a move of an approved plan from starting. */
class StandingTest {

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource({
        "AUTOMATION_OFF, true, true, a profile has its say at any time",
        "RELOCATION_NEVER, true, true, a profile has its say at any time",
        "SERVICE_PAUSED, true, true, a pause acts before the next move",
        "POD_LEFT_BEHIND, true, true, KubeVirt would not move it",
        "OUTSIDE_WINDOW, true, false, windows bind balance only",
        "KUBE_VIRT_UPDATING, true, false, an update of KubeVirt binds balance only",
        "COOLDOWN, false, false, the moves of one plan may follow each other",
        "DAILY_LIMIT, false, false, it was counted when the plan was made",
        "RECONCILED, false, false, it is free",
    })
    void hinders(String name, boolean balance, boolean repair, String because) {
        Reason reason = Reason.all()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
        Standing standing = new Standing(Standing.Extent.REPAIR, false, reason, "It must not.");

        assertThat(standing.hinders(Relocation.Reason.BALANCE)).as(because).isEqualTo(balance ? "It must not." : "");
        assertThat(standing.hinders(Relocation.Reason.CONSTRAINT_REPAIR))
                .as(because)
                .isEqualTo(repair ? "It must not." : "");
    }
}
