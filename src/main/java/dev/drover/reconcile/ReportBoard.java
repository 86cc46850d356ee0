package dev.drover.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where the loop puts its newest report and the reconcilers find it. Safe for threads. */
@ApplicationScoped
public class ReportBoard {
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

    /** @param listener is called on the loop's thread whenever a status changed */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
