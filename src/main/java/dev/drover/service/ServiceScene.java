package dev.drover.service;

import java.util.List;
import java.util.Map;

/**
 * What is seen of one service at one instant. Two that are equal call for the same.
 *
 * @param generation of the service
 * @param restart the value of its annotation; empty without one
 * @param machines those that the service made, and those that have a name that it wants, by name
 * @param adopted by the application whose selector they match
 * @param elsewhere what the selectors match and other services have: which service, by the name of the virtual machine
 */
record ServiceScene(
        long generation,
        boolean deleting,
        String restart,
        Map<String, SeenMachine> machines,
        Map<String, List<SeenMachine>> adopted,
        Map<String, String> elsewhere) {
    ServiceScene {
        machines = Map.copyOf(machines);
        adopted = Map.copyOf(adopted);
        elsewhere = Map.copyOf(elsewhere);
    }

    List<SeenMachine> own() {
        return machines.values().stream().filter(SeenMachine::ours).toList();
    }
}
