package dev.drover.bench.planetlab;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small days: idle machines, constant ones and ones that jump. */
final class RandomDays {
    private RandomDays() {}

    static Day of(long seed) {
        Random random = new Random(seed);
        List<int[]> percent = new ArrayList<>();
        int vms = 4 + random.nextInt(80);
        for (int vm = 0; vm < vms; vm++) {
            percent.add(one(random));
        }
        return new Day("random " + seed, percent);
    }

    private static int[] one(Random random) {
        int[] percent = new int[Day.STEPS];
        int level = random.nextInt(3) == 0 ? 0 : random.nextInt(100);
        double jumps = random.nextInt(2) * 0.1;
        for (int step = 0; step < percent.length; step++) {
            level = random.nextDouble() < jumps ? random.nextInt(101) : level;
            percent[step] = level;
        }
        return percent;
    }
}
