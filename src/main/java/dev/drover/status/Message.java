package dev.drover.status;

/** The longest text that a status of Drover's kinds takes: one that is longer would have the whole status refused. */
public final class Message {
    /** In characters, as the schemas state it. */
    public static final int LONGEST = 1024;

    private static final String CUT = "...";

    private Message() {}

    /** The text, cut where it is too long. */
    public static String fitting(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - CUT.length()) + CUT;
    }
}
