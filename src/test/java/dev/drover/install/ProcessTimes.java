package dev.drover.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel counts of a process, from /proc. */
record ProcessTimes(long pid) {
    /** The kernel shows processor time in hundredths of a second, whatever the machine. */
    private static final double MILLIS_PER_TICK = 10;

    /** @param key of its status, for example VmRSS */
    long kibibytes(String key) throws IOException {
        return Files.readAllLines(folder().resolve("status")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Processor time so far, in milliseconds. */
    double processMillis() throws IOException {
        return millis(folder());
    }

    /** That of the threads of one name. */
    double threadMillis(String name) throws IOException {
        double sum = 0;
        try (Stream<Path> tasks = Files.list(folder().resolve("task"))) {
            for (Path task : tasks.toList()) {
                if (isCalled(task, name)) {
                    sum += millis(task);
                }
            }
        }
        return sum;
    }

    private static boolean isCalled(Path task, String name) throws IOException {
        try {
            return Files.readString(task.resolve("comm")).strip().equals(name);
        } catch (NoSuchFileException ended) {
            return false;
        }
    }

    private static double millis(Path folder) throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        // The name, in parentheses, may contain spaces; user and system time are the 14th and 15th field.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * MILLIS_PER_TICK;
    }

    private Path folder() {
        return Path.of("/proc", Long.toString(pid));
    }
}
