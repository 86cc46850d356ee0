package dev.drover.copy;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Why disks were not copied; the message names what it was about and says what to do. It is one line. */
public final class CopyFailure extends IOException {
    private static final long serialVersionUID = 1L;

    public CopyFailure(String message) {
        super(oneLine(message));
    }

    public CopyFailure(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** What went wrong, with its kind: the message alone of many a failure of files is no more than their name. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        return failure instanceof FileSystemException ? failure.getClass().getSimpleName() + " " + message : message;
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
