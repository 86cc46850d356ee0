package dev.drover.status;

import static dev.drover.status.Reason.Text.normal;
import static dev.drover.status.Reason.Text.warning;

/** Reasons that any object can have. */
public enum ObjectReason implements Reason {
    RECONCILED(normal("The object is carried out as it stands.")),
    INVALID(warning(
            "The object cannot be understood, although the API server accepted it.",
            "Correct what the message names."));

    private final Text text;

    ObjectReason(Text text) {
        this.text = text;
    }

    @Override
    public Text text() {
        return text;
    }
}
