package dev.drover.testbed.player;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what the nodes have done. Safe for use by several threads. */
final class Tally {

    final AtomicLong starts = new AtomicLong();
    final AtomicLong stops = new AtomicLong();
    final AtomicLong succeeded = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong aborted = new AtomicLong();
}
