package dev.drover.execute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** P8: who computes the name of the next migration at the same point of an instance's history gets the same. */
class MigrationNameTest {
    private static final String FIRST = MigrationName.of("vmi-1", "", "");

    @Test
    void the_same_point_of_history_gives_the_same_name() {
        assertThat(MigrationName.of("vmi-1", "", "")).isEqualTo(FIRST);
    }

    @Test
    void a_newer_migration_or_another_instance_gives_another_name() {
        assertThat(MigrationName.of("vmi-1", "migration-1", "")).isNotEqualTo(FIRST);
        assertThat(MigrationName.of("vmi-1", "migration-1", ""))
                .isNotEqualTo(MigrationName.of("vmi-1", "migration-2", ""));
        assertThat(MigrationName.of("vmi-2", "", "")).isNotEqualTo(FIRST);
    }

    @Test
    void a_migration_that_left_no_object_but_an_outcome_gives_another_name() {
        assertThat(MigrationName.of("vmi-1", "", FIRST)).isNotEqualTo(FIRST);
    }

    @Test
    void uids_do_not_run_into_each_other() {
        assertThat(MigrationName.of("a", "b/c", "")).isNotEqualTo(MigrationName.of("ab", "c", ""));
        assertThat(MigrationName.of("a", "b", "c")).isNotEqualTo(MigrationName.of("a", "b/c", ""));
    }

    @Test
    void it_is_a_legal_name_that_says_whose_it_is() {
        assertThat(FIRST).matches("drover-[0-9a-f]{24}");
    }
}
