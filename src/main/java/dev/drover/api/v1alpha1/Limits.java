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

    /** A label's value. */
    static final String LABEL_PATTERN = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$";

    /** A generation counts updates of a spec. */
    static final double GENERATION = 1e15;

    // CEL
    static final String SELECTS_SOME = "(has(self.matchLabels) && self.matchLabels.size() > 0)"
            + " || (has(self.matchExpressions) && self.matchExpressions.size() > 0)";
    static final String LABEL_KEYS =
            "self.all(key, key.size() <= 317 && key.matches('" + QUALIFIED_NAME_PATTERN + "'))";
    static final String QUANTITY = "isQuantity(string(self)) && quantity(string(self)).compareTo(quantity('0')) >= 0"
            + " && quantity(string(self)).compareTo(quantity('1E')) <= 0";
    static final String CPU = "isQuantity(string(self)) && quantity(string(self)).compareTo(quantity('1m')) >= 0"
            + " && quantity(string(self)).compareTo(quantity('100k')) <= 0";
    static final String MEMORY = "isQuantity(string(self)) && quantity(string(self)).compareTo(quantity('1Mi')) >= 0"
            + " && quantity(string(self)).compareTo(quantity('1Pi')) <= 0";
    static final String NETWORK = "isQuantity(string(self)) && quantity(string(self)).compareTo(quantity('1k')) >= 0"
            + " && quantity(string(self)).compareTo(quantity('10T')) <= 0";
    static final String DISK_IO = "isQuantity(string(self)) && quantity(string(self)).compareTo(quantity('1')) >= 0"
            + " && quantity(string(self)).compareTo(quantity('100M')) <= 0";

    private Limits() {}
}
