package dev.drover.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.service.disk.DiskTask;
import java.time.Instant;

/** One write that a service calls for. Each may be repeated, and none is done twice by that. */
sealed interface Step {
    /** The application that it is for. */
    String application();

    /** Whether KubeVirt takes what is made of the template. Nothing is kept of it. */
    record Check(String application, String digest, ObjectNode body) implements Step {}

    /**
     * Makes or changes a virtual machine of a template, or tells it to run or to halt.
     *
     * @param generation of the virtual machine as it is; 0 to make it
     * @param body with the uid of the one that is meant, where there is one: the API server refuses it for any other
     */
    record Apply(String application, String machine, String digest, long generation, ObjectNode body) implements Step {}

    /** Starts a virtual machine that was told to run, and does not. */
    record Start(String application, String machine, String uid) implements Step {}

    /** Halts a virtual machine when what its template says now cannot be applied; nothing else of it is changed. */
    record Halt(String application, String machine, String uid) implements Step {}

    /** @param orphan whether the disks stay that KubeVirt made for it */
    record Delete(String application, String machine, String uid, boolean orphan) implements Step {}

    /**
     * Finds out whether and where to a virtual machine can be relocated. Nothing is written.
     *
     * @param target the node that is asked for; empty for the best one
     */
    record Inspect(String application, String machine, Instant ordered, String target) implements Step {}

    /**
     * Brings the disks of a relocation one look further.
     *
     * @param state in which it was decided
     */
    record Disks(String application, String machine, RelocationState state, DiskTask task) implements Step {}

    /**
     * Tells a virtual machine to run on one node only.
     *
     * @param start without the node
     */
    record StartOn(Apply start, String node) implements Step {
        @Override
        public String application() {
            return start.application();
        }
    }

    /**
     * Tells a virtual machine to run when what its template says now is not taken; nothing else of it is changed.
     *
     * @param instead what was not taken
     * @param node the one that it is to run on; empty for those that its template says
     */
    record Rescue(Apply instead, String node) implements Step {
        @Override
        public String application() {
            return instead.application();
        }
    }
}
