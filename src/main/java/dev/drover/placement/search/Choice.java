package dev.drover.placement.search;

import java.util.stream.IntStream;

/**
 * Draws virtual machines: now and then a large one rather than any, because there are few of them and their places decide the
 * cost; and for an exchange often one of about the same size, because others seldom fit.
 */
final class Choice {
    private static final int OF = 16;
    private static final int LARGE = 4;
    private static final int ALIKE = 8;
    private static final int FRACTION = 1 << 30;
    private static final int LEAST_WINDOW = 8;
    private static final int WINDOWS = 32;

    private final Dice dice;
    /** The virtual machines, the largest first. */
    private final int[] bySize;

    private final int[] rank;
    private final int window;

    Choice(double[] sizes, Dice dice) {
        this.dice = dice;
        bySize = IntStream.range(0, sizes.length)
                .boxed()
                .sorted((a, b) -> Double.compare(sizes[b], sizes[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        rank = new int[sizes.length];
        for (int i = 0; i < bySize.length; i++) {
            rank[bySize[i]] = i;
        }
        window = Math.max(LEAST_WINDOW, sizes.length / WINDOWS);
    }

    int any() {
        if (dice.below(OF) >= LARGE) {
            return dice.below(bySize.length);
        }
        double part = dice.below(FRACTION) / (double) FRACTION;
        return bySize[(int) (part * part * part * bySize.length)];
    }

    int partner(int vm) {
        if (dice.below(OF) < ALIKE) {
            int at = rank[vm] - window + dice.below(2 * window + 1);
            if (at >= 0 && at < bySize.length) {
                return bySize[at];
            }
        }
        return dice.below(bySize.length);
    }
}
