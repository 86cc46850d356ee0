package dev.drover.plan.sequence;

/** For each of some keys from 0 a list of numbers, in one array. */
final class Lists {
    private final int[] start;
    private final int[] numbers;

    private Lists(int[] start, int[] numbers) {
        this.start = start;
        this.numbers = numbers;
    }

    /** For each key the indexes at which it stands in one of {@code keys}, rising. */
    static Lists of(int count, int[]... keys) {
        int[] start = new int[count + 1];
        for (int[] each : keys) {
            for (int key : each) {
                start[key + 1]++;
            }
        }
        for (int key = 0; key < count; key++) {
            start[key + 1] += start[key];
        }
        int[] next = start.clone();
        int[] numbers = new int[start[count]];
        int length = keys.length == 0 ? 0 : keys[0].length;
        for (int i = 0; i < length; i++) {
            for (int[] each : keys) {
                numbers[next[each[i]]++] = i;
            }
        }
        return new Lists(start, numbers);
    }

    int from(int key) {
        return start[key];
    }

    int to(int key) {
        return start[key + 1];
    }

    int at(int place) {
        return numbers[place];
    }

    /** Makes one of the numbers of a key the first of them. */
    void toFront(int key, int number) {
        int place = start[key];
        while (numbers[place] != number) {
            place++;
        }
        System.arraycopy(numbers, start[key], numbers, start[key] + 1, place - start[key]);
        numbers[start[key]] = number;
    }
}
