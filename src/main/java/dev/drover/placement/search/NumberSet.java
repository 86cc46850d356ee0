package dev.drover.placement.search;

import java.util.Arrays;

/** A set of small numbers from which one can be drawn by its place; adding, removing and drawing take constant time. */
final class NumberSet {
    private final int[] members;
    /** For each number its place in {@code members}, or -1. */
    private final int[] place;

    private int count;

    NumberSet(int bound) {
        members = new int[bound];
        place = new int[bound];
        Arrays.fill(place, -1);
    }

    int count() {
        return count;
    }

    int get(int index) {
        return members[index];
    }

    void add(int number) {
        if (place[number] < 0) {
            place[number] = count;
            members[count++] = number;
        }
    }

    void remove(int number) {
        int at = place[number];
        if (at >= 0) {
            int last = members[--count];
            members[at] = last;
            place[last] = at;
            place[number] = -1;
        }
    }
}
