package dev.drover.placement;

/** Decides where virtual machines should be. A pure function: no state is kept between calls; safe for threads. */
public interface Engine {

    Outcome solve(Instance instance);
}
