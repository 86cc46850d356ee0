package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.observe.RelocationOrder;

/** What a virtual machine of a template says about where it belongs. */
public final class ServiceLabels {
    /** Label: the name of the service. Also on instances and pods, for selectors of rules and for people. */
    public static final String SERVICE = Application.SERVICE_LABEL;

    /** Label: the name of the application. */
    public static final String APPLICATION = Application.APPLICATION_LABEL;

    /** Annotation: a digest of what was applied last. */
    static final String APPLIED = "drover.dev/applied";

    static final String GANG = "drover.dev/gang";
    static final String GANG_SIZE = "drover.dev/gang-size";

    /** Annotation of a service, written by people: a time; what was started before it is to be started anew. */
    public static final String RESTART = "drover.dev/restart";

    /** Annotation of a service, written by people: a time; what was lost before it is restarted in spite of the brake. */
    static final String RECOVER = "drover.dev/recover";
    /**
     * Annotation of a virtual machine of a service, written by people: a time, and where it is wanted a space and the name of a node. What
     * was started before that time is to be relocated.
     */
    public static final String RELOCATE = RelocationOrder.ANNOTATION;

    private ServiceLabels() {}
}
