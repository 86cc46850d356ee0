package dev.drover.service.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.RelocationDisk;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the data of a virtual machine while its disk is brought to another node. */
class DiskCourseTest {
    private final Storage storage = new Storage("Delete");

    @Test
    void theDataIsCopiedTheClaimKeepsItsNameAndOnlyThenTheSourceGoes() {
        List<RelocationDisk> prepared = disks(storage.reach(storage.task(DiskAim.PREPARE, Storage.unprepared())));
        assertThat(storage.read()).isEqualTo("precious");

        List<RelocationDisk> copied = disks(storage.reach(storage.task(DiskAim.COPY, prepared)));
        assertThat(copied.getFirst().checksum()).isEqualTo("sum of precious");
        storage.reach(storage.task(DiskAim.ATTACH, copied));

        assertThat(storage.claim().getSpec().getVolumeName())
                .isEqualTo(copied.getFirst().target());
        assertThat(storage.claim().getMetadata().getLabels()).containsEntry("app", "db");
        assertThat(storage.claim().getMetadata().getAnnotations())
                .containsEntry("note", "kept")
                .doesNotContainKey("pv.kubernetes.io/bind-completed");
        assertThat(storage.data).containsEntry("pv-old", "precious");

        assertThat(storage.reach(storage.task(DiskAim.CLEAN_SOURCE, copied))).isInstanceOf(DiskProgress.Done.class);
        assertThat(storage.read()).isEqualTo("precious");
        assertThat(storage.data).doesNotContainKey("pv-old");
        assertThat(storage.isClean()).isTrue();
        assertThat(storage.volumes().get(copied.getFirst().target()).getSpec().getPersistentVolumeReclaimPolicy())
                .isEqualTo("Delete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PREPARE", "COPY", "ATTACH"})
    void whatWasBegunIsTakenBackAndLeavesNothing(String last) {
        List<RelocationDisk> disks = Storage.unprepared();
        for (DiskAim aim : List.of(DiskAim.PREPARE, DiskAim.COPY, DiskAim.ATTACH)) {
            disks = disks(storage.reach(storage.task(aim, disks)));
            if (aim.name().equals(last)) {
                break;
            }
        }

        storage.reach(storage.task(DiskAim.RESTORE, disks));
        assertThat(storage.claim().getSpec().getVolumeName()).isEqualTo("pv-old");
        storage.reach(storage.task(DiskAim.CLEAN_TARGET, disks));

        assertThat(storage.read()).isEqualTo("precious");
        assertThat(storage.data.keySet()).containsExactly("pv-old");
        assertThat(storage.isClean()).isTrue();
    }

    @Test
    void aVolumeThatIsRetainedIsKeptOnBothWays() {
        Storage retaining = new Storage("Retain");
        List<RelocationDisk> disks = Storage.unprepared();
        for (DiskAim aim : List.of(DiskAim.PREPARE, DiskAim.COPY, DiskAim.ATTACH, DiskAim.CLEAN_SOURCE)) {
            disks = disks(retaining.reach(retaining.task(aim, disks)));
        }

        assertThat(retaining.read()).isEqualTo("precious");
        assertThat(retaining.data).containsEntry("pv-old", "precious");
        assertThat(retaining.isClean()).isTrue();
    }

    @Test
    void aCopyThatBreaksSaysWhatTheProgramSaid() {
        List<RelocationDisk> disks = disks(storage.reach(storage.task(DiskAim.PREPARE, Storage.unprepared())));
        storage.senderEnds = "Failed";
        storage.receiverEnds = "Failed";

        assertThat(storage.reach(storage.task(DiskAim.COPY, disks)))
                .isEqualTo(new DiskProgress.Failed("The connection broke."));
    }

    @Test
    void aClaimThatSomebodyMakesInBetweenIsBoundToTheSameVolume() {
        List<RelocationDisk> disks = Storage.unprepared();
        for (DiskAim aim : List.of(DiskAim.PREPARE, DiskAim.COPY)) {
            disks = disks(storage.reach(storage.task(aim, disks)));
        }
        DiskTask attach = storage.task(DiskAim.ATTACH, disks);
        for (int i = 0; i < 50 && storage.claim() != null; i++) {
            storage.look(attach).acts().forEach(storage::take);
            storage.settle();
        }

        storage.someoneMakesTheClaimAnew();
        storage.settle();

        assertThat(storage.reach(attach)).isInstanceOf(DiskProgress.Done.class);
        assertThat(storage.claim().getSpec().getVolumeName())
                .isEqualTo(disks.getFirst().target());
    }

    @Test
    void nothingIsDeletedWhenTheClaimIsNotWhereItShouldBe() {
        List<RelocationDisk> disks = disks(storage.reach(storage.task(DiskAim.PREPARE, Storage.unprepared())));

        DiskProgress progress = storage.reach(storage.task(DiskAim.CLEAN_SOURCE, disks));

        assertThat(progress).isInstanceOf(DiskProgress.Failed.class);
        assertThat(storage.log).doesNotContain("DeleteClaim", "Change");
        assertThat(storage.read()).isEqualTo("precious");
    }

    @Test
    void aClaimThatIsStillUsedIsWaitedFor() {
        List<RelocationDisk> disks = Storage.unprepared();
        for (DiskAim aim : List.of(DiskAim.PREPARE, DiskAim.COPY)) {
            disks = disks(storage.reach(storage.task(aim, disks)));
        }
        storage.running = true;
        DiskTask attach = storage.task(DiskAim.ATTACH, disks);
        for (int i = 0; i < 10; i++) {
            storage.look(attach).acts().forEach(storage::take);
            storage.settle();
        }

        assertThat(storage.look(attach).progress())
                .isEqualTo(DiskProgress.Underway.waiting("The claim (data-0) goes when no pod uses it any more."));
    }

    /** P14, P17: wherever the operator is killed, and however often it changes its mind, the data is read in the end, and nothing is left. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theDataOutlivesEveryCrash(long seed) {
        Random random = new Random(seed);
        for (int story = 0; story < 100; story++) {
            new Story(random, random.nextBoolean() ? "Delete" : "Retain").tell();
        }
    }

    private static List<RelocationDisk> disks(DiskProgress progress) {
        assertThat(progress).isInstanceOf(DiskProgress.Done.class);
        return ((DiskProgress.Done) progress).disks();
    }

    /** One relocation with crashes after any write, and that is taken back at any point. */
    private static final class Story {
        private final Random random;
        private final Storage storage;
        private List<RelocationDisk> disks = Storage.unprepared();

        Story(Random random, String reclaimPolicy) {
            this.random = random;
            this.storage = new Storage(reclaimPolicy);
        }

        void tell() {
            boolean there = true;
            for (DiskAim aim : List.of(DiskAim.PREPARE, DiskAim.COPY, DiskAim.ATTACH)) {
                there = there && reach(aim, random.nextInt(4) == 0);
            }
            if (!there) {
                assertThat(reach(DiskAim.RESTORE, false)).isTrue();
            }
            assertThat(storage.read()).isEqualTo("precious");
            assertThat(reach(there ? DiskAim.CLEAN_SOURCE : DiskAim.CLEAN_TARGET, false))
                    .isTrue();
            assertThat(storage.read()).isEqualTo("precious");
            assertThat(storage.isClean()).isTrue();
        }

        /** @return whether it was reached; false when it was given up on the way */
        private boolean reach(DiskAim aim, boolean givesUp) {
            int patience = givesUp ? random.nextInt(12) : 200;
            for (int i = 0; i < patience; i++) {
                Pass pass = storage.look(storage.task(aim, disks));
                int crash = random.nextInt(4) == 0
                        ? random.nextInt(pass.acts().size() + 1)
                        : pass.acts().size();
                pass.acts().subList(0, crash).forEach(storage::take);
                if (random.nextBoolean()) {
                    storage.settle();
                }
                assertThat(storage.data).containsValue("precious");
                if (pass.acts().isEmpty() && pass.progress() instanceof DiskProgress.Done done) {
                    disks = done.disks();
                    return true;
                }
            }
            assertThat(givesUp).as("%s is reached: %s", aim, storage.log).isTrue();
            return false;
        }
    }
}
