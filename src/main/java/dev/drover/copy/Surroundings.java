package dev.drover.copy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What a side needs of the process that it runs in.
 *
 * @param clock for the rate of the log, and for the time that is spent on reaching the receiver
 * @param pause waits, between two tries to reach the receiver
 * @param log takes a line; also from other threads
 * @param patience when to give up
 */
public record Surroundings(InstantSource clock, Consumer<Duration> pause, Consumer<String> log, Patience patience) {}
