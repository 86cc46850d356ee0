package dev.drover.admission;

/** What came in is no AdmissionReview that this webhook can answer. The message is for the caller. */
public final class MalformedReview extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedReview(String message) {
        super(message);
    }
}
