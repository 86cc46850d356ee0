package dev.drover.reconcile;

import dev.drover.model.Vm;
import dev.drover.plan.History;

/** Keeps what happened to a virtual machine where a restart finds it. */
interface PlacementStore {

    /**
     * Returns once the API server has it (P6: before the next action on that virtual machine).
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when it could not be kept
     */
    void keep(Vm vm, History history);
}
