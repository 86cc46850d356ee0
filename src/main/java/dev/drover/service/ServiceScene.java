package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
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
 * @param sizes how many virtual machines applications with scaling are to have, as far as that is recorded or can be seen
 * @param recovering what the death of nodes means to it
 * @param elsewhere what the selectors match and other services have: which service, by the name of the virtual machine
 * @param outlook what the loop finds of it; null as long as it has told nothing
 * @param orders by name of the virtual machine that is to be relocated, or is bound to one node
 */
record ServiceScene(
        long generation,
        boolean deleting,
        String restart,
        Map<String, SeenMachine> machines,
        Map<String, List<SeenMachine>> adopted,
        Map<String, Integer> sizes,
        Map<String, String> elsewhere,
        @Nullable Outlook outlook,
        Recovering recovering,
        Map<String, SeenOrder> orders) {
    ServiceScene {
        machines = Map.copyOf(machines);
        adopted = Map.copyOf(adopted);
        sizes = Map.copyOf(sizes);
        elsewhere = Map.copyOf(elsewhere);
        orders = Map.copyOf(orders);
    }

    /** With as many virtual machines as it is to have now. */
    Application sized(Application application) {
        Integer size = sizes.get(application.name());
        return size == null ? application : application.with(size);
    }

    List<SeenMachine> own() {
        return machines.values().stream().filter(SeenMachine::ours).toList();
    }
}
