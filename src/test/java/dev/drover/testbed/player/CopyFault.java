package dev.drover.testbed.player;

/** Something that goes wrong with a pod that copies disks. */
public sealed interface CopyFault {

    /** Its program ends with the code 1 and this report, and has copied nothing. */
    record Fail(String report) implements CopyFault {}

    /** Its program does nothing, until the pod is deleted or the faults are cleared. */
    record Hang() implements CopyFault {}
}
