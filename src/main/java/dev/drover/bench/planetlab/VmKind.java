package dev.drover.bench.planetlab;

/** The four sizes of virtual machine, one core each. */
enum VmKind {
    COMPUTE(2500, 870),
    EXTRA_LARGE(2000, 1740),
    SMALL(1000, 1740),
    MICRO(500, 613);

    private final int mips;
    private final int memory;

    VmKind(int mips, int memory) {
        this.mips = mips;
        this.memory = memory;
    }

    /** The first quarter of all is of the first kind, and so on. */
    static VmKind of(int vm, int vms) {
        return values()[vm / Math.ceilDiv(vms, values().length)];
    }

    /** MIPS at 100 %. */
    int mips() {
        return mips;
    }

    /** In MB. */
    int memory() {
        return memory;
    }

    /** What one migration takes. */
    double migrationSeconds() {
        return memory / 62.5;
    }
}
