package dev.drover.reconcile;

import dev.drover.service.Outlook;
import dev.drover.service.Outlooks;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Where the loop puts its newest report and the reconcilers find it. Safe for threads. */
@ApplicationScoped
public class ReportBoard implements Outlooks {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Report latest = Report.NONE;

    Report latest() {
        return latest;
    }

    void publish(Report report) {
        if (!report.equals(latest)) {
            latest = report;
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public @Nullable Outlook outlook(String serviceUid) {
        return latest.services().get(serviceUid);
    }

    /** @param listener is called on the loop's thread whenever a status changed */
    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
