package dev.drover.service.disk;

/** What is to be reached for the disks of one relocation. Each can be aimed at again and again. */
public enum DiskAim {
    /** A volume for each disk on the other node, and who receives the data there. Nothing of the virtual machine is touched. */
    PREPARE,
    /** The data at the source is the data at the target. The virtual machine must not run. */
    COPY,
    /** The claims are bound to the volumes at the target. */
    ATTACH,
    /** The claims are bound to the volumes at the source. */
    RESTORE,
    /** What was only needed for the copy is gone, and the volumes at the source go as their reclaim policy says (P17). */
    CLEAN_SOURCE,
    /** What was only needed for the copy is gone, and the volumes at the target go as their reclaim policy says. */
    CLEAN_TARGET
}
