package dev.drover.observe;

import dev.drover.forecast.Load;
import dev.drover.kubevirt.SlimPod;
import java.time.Duration;
import java.util.List;

/** For tests that show a cluster themselves: always ready and fresh, with nothing at the gate, and it never calls back. */
public abstract class StillObserver implements Observer {
    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Freshness freshness() {
        return Freshness.FRESH;
    }

    @Override
    public Machines machines() {
        return Machines.NONE;
    }

    @Override
    public Load load(String serviceUid, String application) {
        return Load.UNKNOWN;
    }

    @Override
    public List<SlimPod> gatedPods(String gate) {
        return List.of();
    }

    @Override
    public void start() {}

    @Override
    public void onChange(Duration quiet, Runnable listener) {}

    @Override
    public void close() {}
}
