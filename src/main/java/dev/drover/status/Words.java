package dev.drover.status;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The spelling that Kubernetes wants for the constants of Java. */
public final class Words {
    private Words() {}

    /** {@code CIRCUIT_OPEN} becomes {@code CircuitOpen}. */
    public static String camelCase(String constant) {
        return Arrays.stream(constant.split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
