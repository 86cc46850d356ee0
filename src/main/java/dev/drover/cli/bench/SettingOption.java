package dev.drover.cli.bench;

import dev.drover.bench.sequence.Setting;
import picocli.CommandLine.Option;

/** Under which limits moves are put in an order. */
final class SettingOption {

    @Option(
            names = "--setting",
            defaultValue = "b",
            description = {
                "a: 5 moves at once in the cluster and 2 out of a node, 1 GiB/s each.",
                "b, c: 2 out of and 2 into a node, which share its 2.9 GiB/s. Default: ${DEFAULT-VALUE}."
            })
    private Setting setting;

    Setting setting() {
        return setting;
    }
}
