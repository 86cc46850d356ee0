package dev.drover.observe;

import dev.drover.model.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/** Reads quantities: CPU into millicores, everything else into whole units, rounded up as the scheduler does. */
final class Amounts {

    /** One pebi: no node has more of anything, and sums over a cluster stay far from overflow. */
    static final long MOST = 1L << 50;

    private static final int FINEST = 100;
    private static final BigDecimal MILLI = BigDecimal.valueOf(1000);

    private Amounts() {}

    /**
     * @throws IllegalArgumentException when a value is no quantity or is negative
     */
    static Resources read(Map<String, String> quantities) {
        Map<String, Long> amounts = HashMap.newHashMap(quantities.size());
        quantities.forEach((name, value) -> amounts.put(name, read(name, value)));
        return Resources.of(amounts);
    }

    /**
     * @param resource decides the unit
     * @throws IllegalArgumentException when {@code value} is no quantity or is negative
     */
    static long read(String resource, String value) {
        BigDecimal number = parse(resource, value);
        BigDecimal units = resource.equals(Resources.CPU) ? number.multiply(MILLI) : number;
        if (units.signum() < 0) {
            throw new IllegalArgumentException("The quantity (" + value + ") of " + resource
                    + " is negative. Correct it where it comes from; until then it is not used.");
        }
        if (units.scale() > FINEST) {
            return units.signum(); // next to nothing, and too costly to round digit by digit
        }
        BigDecimal most = BigDecimal.valueOf(MOST);
        return units.compareTo(most) > 0
                ? MOST
                : units.setScale(0, RoundingMode.CEILING).longValueExact();
    }

    private static BigDecimal parse(String resource, String value) {
        try {
            return new Quantity(value).getNumericalAmount();
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            throw new IllegalArgumentException(
                    "The value (" + value + ") of " + resource
                            + " is no quantity. Correct it where it comes from; until then it is not used.",
                    malformed);
        }
    }
}
