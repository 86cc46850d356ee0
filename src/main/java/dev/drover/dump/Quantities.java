package dev.drover.dump;

import dev.drover.model.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Amounts of resources as texts of Kubernetes. What is written is read again as exactly the same amount. */
final class Quantities {
    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti"};
    private static final int KIBI = 1024;
    private static final long MILLI = 1000;

    /** No node has more of anything, and sums over a cluster stay far from overflow. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 50);

    /** No amount of digits; to round a text like 1e-999999999 would take for ever. */
    private static final int LONGEST = 40;

    private static final int FINEST = 100;

    private Quantities() {}

    static Map<String, String> write(Resources resources) {
        Map<String, String> texts = new TreeMap<>();
        resources.names().forEach(name -> texts.put(name, write(name, resources.get(name))));
        return texts;
    }

    static String write(String resource, long amount) {
        if (resource.equals(Resources.CPU)) {
            return amount % MILLI == 0 ? Long.toString(amount / MILLI) : amount + "m";
        }
        int suffix = 0;
        long rest = amount;
        boolean isBinary = resource.equals(Resources.MEMORY) || resource.startsWith("hugepages-");
        while (isBinary && rest != 0 && rest % KIBI == 0 && suffix < BINARY.length - 1) {
            rest /= KIBI;
            suffix++;
        }
        return rest + BINARY[suffix];
    }

    /** @throws BadFile that names the resource when a text is no quantity, is negative or beyond all bounds */
    static Resources read(Map<String, @Nullable String> texts, Place place) {
        Map<String, Long> amounts = new TreeMap<>();
        texts.forEach((name, text) -> amounts.put(name, amount(name, text, place.in(name))));
        return Resources.of(amounts);
    }

    private static long amount(String resource, @Nullable String text, Place place) {
        BigDecimal number = number(text, place);
        BigDecimal units = resource.equals(Resources.CPU) ? number.multiply(BigDecimal.valueOf(MILLI)) : number;
        if (units.signum() < 0) {
            throw place.wrong("must not be negative, and is (" + text + ")");
        }
        if (units.compareTo(MOST) > 0) {
            throw place.wrong("is more than any node has (" + text + ")");
        }
        return units.scale() > FINEST
                ? units.signum()
                : units.setScale(0, RoundingMode.CEILING).longValueExact();
    }

    private static BigDecimal number(@Nullable String text, Place place) {
        if (text == null || text.isEmpty() || text.length() > LONGEST) {
            throw place.wrong("must be a quantity like 500m or 16Gi, and is (" + text + ")");
        }
        try {
            return new Quantity(text).getNumericalAmount();
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            throw place.wrong("must be a quantity like 500m or 16Gi, and is (" + text + ")");
        }
    }
}
