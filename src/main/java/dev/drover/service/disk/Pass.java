package dev.drover.service.disk;

import java.util.List;

/**
 * What one look at the disks leads to.
 *
 * @param acts in their order
 * @param progress as it is after them
 */
record Pass(List<Act> acts, DiskProgress progress) {
    Pass {
        acts = List.copyOf(acts);
    }

    static Pass of(DiskProgress progress) {
        return new Pass(List.of(), progress);
    }

    static Pass waiting(String why, Act... acts) {
        return new Pass(List.of(acts), DiskProgress.Underway.waiting(why));
    }

    static Pass failed(String why) {
        return of(new DiskProgress.Failed(why));
    }
}
