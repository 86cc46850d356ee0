package dev.drover.testbed.player;

import org.jspecify.annotations.Nullable;

/** A VMI on its node, as the player follows it. Belongs to the actor's thread. */
final class Guest {

    private VmiView view;
    private String step = "";
    private double stepDue;
    private boolean writing;
    private @Nullable Transfer transfer;

    Guest(VmiView view) {
        this.view = view;
    }

    VmiView view() {
        return view;
    }

    /** Takes a newer state of the VMI; what the player wrote itself may be newer than what the watch brings. */
    void see(VmiView newer) {
        if (newer.version() > view.version()) {
            view = newer;
        }
    }

    boolean writing() {
        return writing;
    }

    void writing(boolean now) {
        writing = now;
    }

    @Nullable
    Transfer transfer() {
        return transfer;
    }

    void transfer(@Nullable Transfer now) {
        transfer = now;
    }

    /** Remembers that a step waits until a played time; says whether the step is new, so that somebody must wake it. */
    boolean waitsFor(String name, double due) {
        if (step.equals(name)) {
            return false;
        }
        step = name;
        stepDue = due;
        return true;
    }

    boolean isDue(double now) {
        return now >= stepDue;
    }
}
