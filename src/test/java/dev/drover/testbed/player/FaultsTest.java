package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.player.Fault.Phase;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final VmId WEB = VmId.of("web");
    private static final VmId DB = VmId.of("db");
    private static final Fault FAIL = new Fault.FailWhileRunning("broken");

    private final AtomicInteger changes = new AtomicInteger();
    private final Faults faults = new Faults(changes::incrementAndGet);

    @Test
    void a_fault_for_the_next_migration_meets_one_migration_and_stays_with_it() {
        faults.next(WEB, FAIL);

        assertThat(faults.of("1", DB, "node-1")).isEmpty();
        assertThat(faults.of("2", WEB, "node-1")).containsExactly(FAIL);
        assertThat(faults.of("2", WEB, "node-1")).as("asked again").containsExactly(FAIL);
        assertThat(faults.of("3", WEB, "node-1")).as("the migration after it").isEmpty();
    }

    @Test
    void two_equal_faults_meet_the_next_two_migrations() {
        faults.next(WEB, FAIL).next(WEB, FAIL);

        assertThat(faults.of("1", WEB, "node-1")).containsExactly(FAIL);
        assertThat(faults.of("2", WEB, "node-1")).containsExactly(FAIL);
        assertThat(faults.of("3", WEB, "node-1")).isEmpty();
    }

    @Test
    void a_fault_of_a_node_meets_every_migration_to_it() {
        faults.everyTo("bad", FAIL);

        assertThat(faults.of("1", WEB, "bad")).containsExactly(FAIL);
        assertThat(faults.of("2", DB, "bad")).containsExactly(FAIL);
        assertThat(faults.of("3", DB, "good")).isEmpty();
    }

    @Test
    void several_faults_meet_the_same_migration() {
        faults.every(WEB, new Fault.Slow(3)).nextTo("node-1", new Fault.AbortFails());

        assertThat(faults.of("1", WEB, "node-1")).containsExactly(new Fault.Slow(3), new Fault.AbortFails());
        assertThat(faults.of("2", WEB, "node-1")).containsExactly(new Fault.Slow(3));
    }

    @Test
    void clearing_frees_migrations_that_hang_and_tells_so() {
        faults.next(WEB, new Fault.Hang(Phase.RUNNING));
        assertThat(faults.of("1", WEB, "node-1")).isNotEmpty();

        faults.clear();

        assertThat(changes).hasValue(1);
        assertThat(faults.of("1", WEB, "node-1")).isEmpty();
    }

    @Test
    void a_fault_for_the_next_copy_on_a_node_meets_one_pod_there_and_stays_with_it() {
        var full = new CopyFault.Fail("the disk is full");
        faults.nextCopyOn("bad", full);

        assertThat(faults.ofCopy("1", "good")).isEmpty();
        assertThat(faults.ofCopy("2", "bad")).contains(full);
        assertThat(faults.ofCopy("2", "bad")).as("asked again").contains(full);
        assertThat(faults.ofCopy("3", "bad")).as("the pod after it").isEmpty();
    }

    @Test
    void a_fault_for_every_copy_on_a_node_lasts_until_the_faults_are_cleared() {
        faults.everyCopyOn("bad", new CopyFault.Hang());

        assertThat(faults.ofCopy("1", "bad")).contains(new CopyFault.Hang());
        assertThat(faults.ofCopy("2", "bad")).contains(new CopyFault.Hang());
        faults.clear();
        assertThat(faults.ofCopy("2", "bad")).as("hung before").isEmpty();
        assertThat(changes).hasValue(1);
    }
}
