package dev.drover.bench.btrplace;

import java.util.Arrays;

/** Numbers from 0 for the names that a file gives to things, which are integers too. Not safe for threads while it grows. */
final class Ids {
    static final int MOST = 10_000_000;

    private int[] ids = new int[1024];
    private int[] numberOf = new int[0];
    private int count;

    int count() {
        return count;
    }

    /** @return whether it is new; it has the next number then */
    boolean add(int id) {
        if (numberOf(id) != Reconfiguration.NONE) {
            return false;
        }
        if (id >= numberOf.length) {
            int before = numberOf.length;
            numberOf = Arrays.copyOf(numberOf, Math.max(id + 1, 2 * before));
            Arrays.fill(numberOf, before, numberOf.length, Reconfiguration.NONE);
        }
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        numberOf[id] = count;
        ids[count++] = id;
        return true;
    }

    /** @return the number, or {@link Reconfiguration#NONE} */
    int numberOf(int id) {
        return id < numberOf.length ? numberOf[id] : Reconfiguration.NONE;
    }

    int id(int number) {
        return ids[number];
    }
}
