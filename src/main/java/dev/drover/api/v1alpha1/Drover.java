package dev.drover.api.v1alpha1;

/** The names that all kinds of the API share. */
public final class Drover {
    public static final String GROUP = "drover.dev";
    public static final String VERSION = "v1alpha1";

    /** {@code kubectl get drover -A} lists everything. */
    static final String CATEGORY = "drover";

    private Drover() {}
}
