package dev.drover.demo;

/** What happens in a demo, in order. */
interface Story {
    /** Tells it to its end, or to where it can go no further. */
    void tell();
}
