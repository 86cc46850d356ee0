package dev.drover.plan.sequence;

import java.util.Arrays;

/** Numbers from 0, the one with the greatest key first and of equals the smallest number. Each is in it at most once. */
final class Heap {
    private static final int ABSENT = -1;

    private final double[] key;
    private final int[] place;
    private final int[] heap;
    private int size;

    Heap(int numbers) {
        key = new double[numbers];
        heap = new int[numbers];
        place = new int[numbers];
        Arrays.fill(place, ABSENT);
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(int number) {
        return place[number] != ABSENT;
    }

    int first() {
        return heap[0];
    }

    double firstKey() {
        return key[heap[0]];
    }

    /** Adds the number or changes its key. */
    void put(int number, double newKey) {
        key[number] = newKey;
        if (place[number] == ABSENT) {
            heap[size] = number;
            place[number] = size++;
        }
        up(place[number]);
        down(place[number]);
    }

    int removeFirst() {
        int first = heap[0];
        remove(first);
        return first;
    }

    void remove(int number) {
        int at = place[number];
        if (at == ABSENT) {
            return;
        }
        place[number] = ABSENT;
        int last = heap[--size];
        if (last != number) {
            heap[at] = last;
            place[last] = at;
            up(at);
            down(place[last]);
        }
    }

    private void up(int from) {
        int number = heap[from];
        int at = from;
        while (at > 0 && isBefore(number, heap[(at - 1) / 2])) {
            heap[at] = heap[(at - 1) / 2];
            place[heap[at]] = at;
            at = (at - 1) / 2;
        }
        heap[at] = number;
        place[number] = at;
    }

    private void down(int from) {
        int number = heap[from];
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], number)) {
                break;
            }
            heap[at] = heap[child];
            place[heap[at]] = at;
            at = child;
        }
        heap[at] = number;
        place[number] = at;
    }

    private boolean isBefore(int a, int b) {
        return key[a] > key[b] || key[a] == key[b] && a < b;
    }
}
