package dev.drover.service;

import org.jspecify.annotations.Nullable;

/** What the loop over the cluster finds of services. Safe for threads. */
public interface Outlooks {
    /** Null as long as the loop has not told anything of it. */
    @Nullable
    Outlook outlook(String serviceUid);

    /** @param listener is called on the loop's thread whenever that changed of any of them */
    void onChange(Runnable listener);
}
