package dev.drover.bench.planetlab;

/** One migration at the start of a step. */
record Move(int step, int vm, int from, int to) {}
