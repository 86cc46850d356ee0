package dev.drover.install;

import java.nio.file.Path;
import java.util.List;

/** The pinned command line tools, fetched on first use. */
final class Tools {

    private static final Path FOLDER =
            Path.of(Command.run(List.of("bash", "testbed/tools.sh")).orFail().strip());

    private Tools() {}

    static String kubectl() {
        return FOLDER.resolve("kubectl").toString();
    }

    /** @param major 3 or 4 */
    static String helm(int major) {
        return FOLDER.resolve("helm-" + major).toString();
    }
}
