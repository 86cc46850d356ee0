package dev.drover.api.v1alpha1;

/** Bounds and patterns that several kinds share. Every string and list has one: the API server prices CEL rules by them. */
final class Limits {
    static final int NAME = 253;
    static final int LABEL = 63;
    static final int QUALIFIED_NAME = 317;
    static final int UID = 64;
    static final int MESSAGE = 1024;
    static final int CONDITIONS = 16;

    /** A label key or a resource name: an optional DNS prefix, then a name. */
    static final String QUALIFIED_NAME_PATTERN =
            "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";

    /** The values of conditions' reasons, as Kubernetes defines them. */
    static final String REASON_PATTERN = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

    private Limits() {}
}
