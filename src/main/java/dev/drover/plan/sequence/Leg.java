package dev.drover.plan.sequence;

/**
 * One migration of a move: all of it, or one of two when it stops over.
 *
 * @param start seconds from the beginning
 * @param end seconds from the beginning
 */
public record Leg(int move, int from, int to, double start, double end) {}
