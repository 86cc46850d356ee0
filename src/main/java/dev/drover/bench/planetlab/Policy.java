package dev.drover.bench.planetlab;

/** Decides at the start of a step what moves. May keep what it learns of one day; a new day has a new policy. */
interface Policy {

    /** Moves VMs on the floor. */
    void decide(Floor floor, History history);
}
