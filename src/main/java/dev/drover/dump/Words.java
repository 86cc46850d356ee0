package dev.drover.dump;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of the file for the constants of the model: NO_SCHEDULE is NoSchedule. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return Arrays.stream(constant.name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** @throws BadFile when it is none of them */
    static <E extends Enum<E>> E read(Class<E> type, String word, Place place) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> of(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> place.wrong("must be "
                        + Stream.of(type.getEnumConstants()).map(Words::of).collect(Collectors.joining(" or "))
                        + ", and is (" + word + ")"));
    }
}
