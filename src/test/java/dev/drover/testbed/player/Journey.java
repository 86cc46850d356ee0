package dev.drover.testbed.player;

/** What shapes a migration: what goes wrong, how much there is to copy, and over which links. */
record Journey(Faults faults, Demands demands, Links links) {}
