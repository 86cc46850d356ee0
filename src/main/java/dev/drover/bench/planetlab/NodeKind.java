package dev.drover.bench.planetlab;

/** The two kinds of node, with the power that SPECpower measured at 0, 10 ... 100 % load. */
enum NodeKind {
    /** HP ProLiant ML110 G4. */
    G4(1860, 86, 89.4, 92.6, 96, 99.5, 102, 106, 108, 112, 114, 117),
    /** HP ProLiant ML110 G5. */
    G5(2660, 93.7, 97, 101, 105, 110, 116, 121, 125, 129, 133, 135);

    /** MiB of both kinds. */
    static final int MEMORY = 4096;

    private static final int CORES = 2;

    private final int core;
    private final double[] watts;

    NodeKind(int core, double... watts) {
        this.core = core;
        this.watts = watts;
    }

    /** Even nodes are of the first kind, odd ones of the second. */
    static NodeKind of(int node) {
        return node % 2 == 0 ? G4 : G5;
    }

    /** MIPS of one core. */
    int core() {
        return core;
    }

    /** MIPS of all cores. */
    int capacity() {
        return CORES * core;
    }

    /** Watts of a node that is on and serves this many MIPS; linear between the measured points, the last one above them. */
    double watts(double mips) {
        double tenths = Math.min(1, mips / capacity()) * (watts.length - 1);
        int below = Math.min((int) tenths, watts.length - 2);
        return watts[below] + (tenths - below) * (watts[below + 1] - watts[below]);
    }
}
