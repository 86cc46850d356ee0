package dev.drover.status;

/** Tells people what happened, on the object that they look at. Never throws and never waits: an event is not worth a cycle. */
public interface Events {
    /**
     * @param action what was done or tried, in one word, for example {@code Migrate}
     * @param note names the objects and values; what is longer than 1,024 bytes is cut
     */
    void publish(Subject subject, Reason reason, String action, String note);
}
