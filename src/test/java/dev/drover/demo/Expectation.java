package dev.drover.demo;

/** Something that a demo must show. */
interface Expectation {
    /** For people. */
    String text();
}
