package dev.drover.service.disk;

import dev.drover.api.v1alpha1.RelocationDisk;
import java.util.List;

/** How far the disks are from what is aimed at. */
public sealed interface DiskProgress {
    /** @param disks as they are known now */
    record Done(List<RelocationDisk> disks) implements DiskProgress {
        public Done {
            disks = List.copyOf(disks);
        }
    }

    /**
     * It goes on.
     *
     * @param why for people
     * @param working false while it waits for something that may never come
     */
    record Underway(String why, boolean working) implements DiskProgress {
        static Underway waiting(String why) {
            return new Underway(why, false);
        }
    }

    /** It does not come to that. */
    record Failed(String why) implements DiskProgress {}
}
