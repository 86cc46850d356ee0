package dev.drover.service;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one service at one instant. Two that are equal call for the same.
 *
 * @param generation of the service
 * @param restart the value of its annotation; empty without one
 * @param machines those that the service made, and those that have a name that it wants, by name
 * @param adopted by the application whose selector they match
 * @param elsewhere what the selectors match and other services have: which service, by the name of the virtual machine
 * @param outlook what the loop finds of it; null as long as it has told nothing
 */
record ServiceScene(
        long generation,
        boolean deleting,
        String restart,
        Map<String, SeenMachine> machines,
        Map<String, List<SeenMachine>> adopted,
        Map<String, String> elsewhere,
        @Nullable Outlook outlook) {
    ServiceScene {
        machines = Map.copyOf(machines);
        adopted = Map.copyOf(adopted);
        elsewhere = Map.copyOf(elsewhere);
    }

    List<SeenMachine> own() {
        return machines.values().stream().filter(SeenMachine::ours).toList();
    }
}
