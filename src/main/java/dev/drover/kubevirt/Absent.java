package dev.drover.kubevirt;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a field that is absent from an object as empty. */
final class Absent {

    private Absent() {}

    static <T> List<T> list(@Nullable List<T> read) {
        return read == null || read.isEmpty() ? List.of() : read;
    }

    static <V> Map<String, V> map(@Nullable Map<String, V> read) {
        return read == null || read.isEmpty() ? Map.of() : read;
    }
}
