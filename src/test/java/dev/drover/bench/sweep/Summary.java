package dev.drover.bench.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tables of results, in Markdown. */
final class Summary {
    private static final String MISSING = "";

    private final Results results;

    Summary(Results results) {
        this.results = results;
    }

    /** Every target, and whether it is met; then the instances of the challenge. */
    String markdown() {
        List<Target> targets = Targets.of(results);
        return "| work | figure | target | measured | |\n|---|---|---|---|---|\n"
                + targets.stream().map(Summary::row).collect(Collectors.joining())
                + "\n%d of %d targets are met, %d are not measured.\n"
                        .formatted(
                                targets.stream().filter(Target::isMet).count(),
                                targets.size(),
                                targets.stream()
                                        .filter(target -> !target.isMeasured())
                                        .count())
                + "\n| instance | 10 s | 60 s | 300 s | the winner in 300 s | above it, of the initial cost |\n|---|---|---|---|---|---|\n"
                + Roadef.ALL.stream().map(this::row).collect(Collectors.joining());
    }

    private static String row(Target target) {
        String sign =
                switch (target.sense()) {
                    case AT_MOST -> "≤ ";
                    case AT_LEAST -> "≥ ";
                };
        String verdict = !target.isMeasured() ? "not measured" : target.isMet() ? "met" : "**not met**";
        return "| %s | %s | %s%s | %s | %s |\n"
                .formatted(
                        target.work(),
                        target.figure(),
                        sign,
                        number(target.limit()),
                        number(target.measured()),
                        verdict);
    }

    private String row(Roadef instance) {
        double cost = results.median(instance.trial(300), "cost");
        return "| %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        instance.id(),
                        number(results.median(instance.trial(10), "cost")),
                        number(results.median(instance.trial(60), "cost")),
                        number(cost),
                        number(instance.winner()),
                        number((cost - instance.winner()) / instance.initial()));
    }

    /** Whole numbers whole, others to three digits. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return MISSING;
        }
        return value == Math.rint(value) || Math.abs(value) >= 1000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : new BigDecimal(value)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
