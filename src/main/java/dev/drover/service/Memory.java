package dev.drover.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What earlier writes for one service have taught. It is lost with the process, and then learnt anew.
 *
 * @param verdicts on the templates, by application
 * @param setbacks by virtual machine: what could not be written
 * @param started by virtual machine: how often it was started of late
 * @param known by virtual machine: its generation when what was applied last was seen to be in force
 * @param surveys by virtual machine that is to be relocated
 * @param disks by virtual machine that is relocated
 */
record Memory(
        Map<String, Verdict> verdicts,
        Map<String, Setback> setbacks,
        Map<String, Long> known,
        Map<String, Started> started,
        Map<String, Survey> surveys,
        Map<String, Copying> disks) {
    static final Memory NONE = new Memory(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    Memory {
        verdicts = Map.copyOf(verdicts);
        setbacks = Map.copyOf(setbacks);
        known = Map.copyOf(known);
        started = Map.copyOf(started);
        surveys = Map.copyOf(surveys);
        disks = Map.copyOf(disks);
    }

    /**
     * What KubeVirt says of a template.
     *
     * @param digest of the virtual machine number 0 of the template that was asked about
     * @param refusal in its words; empty when it takes it
     */
    record Verdict(String digest, String refusal, Instant at) {
        boolean accepted() {
            return refusal.isEmpty();
        }
    }

    /**
     * A virtual machine was started because it did not run. One that fails again and again is started ever more seldom.
     *
     * @param times without a longer rest between them
     * @param at the last time
     */
    record Started(int times, Instant at) {
        private static final Duration FIRST = Duration.ofSeconds(10);
        private static final Duration LONGEST = Duration.ofMinutes(5);
        private static final int MOST_DOUBLINGS = 10;

        static Started once(Instant now) {
            return new Started(1, now);
        }

        Started again(Instant now) {
            return at.plus(LONGEST.multipliedBy(2)).isBefore(now) ? once(now) : new Started(times + 1, now);
        }

        /** Before that it is not started again. */
        Instant until() {
            Duration rest = FIRST.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
            return at.plus(rest.compareTo(LONGEST) < 0 ? rest : LONGEST);
        }
    }

    /**
     * A write that was not taken.
     *
     * @param digest of what was to be applied
     * @param generation of the virtual machine then; 0 when there was none
     * @param why in the server's words
     */
    record Setback(Kind kind, String digest, long generation, String why, Instant at) {
        enum Kind {
            /** Another manager has set one of the fields otherwise. */
            DRIFT,
            /** There is a virtual machine of that name that the service did not make. */
            NAME_TAKEN,
            /** The API server or KubeVirt does not take it. */
            REFUSED,
            /** Nothing can start on the node that is asked for. */
            NODE_UNUSABLE
        }

        /** @param uid of the virtual machine that could not be started */
        static Setback ofStart(String uid, String why, Instant at) {
            return new Setback(Kind.REFUSED, "start " + uid, 0, why, at);
        }

        boolean ofStart(String uid) {
            return digest.equals("start " + uid);
        }

        boolean of(String digest, long generation) {
            return this.digest.equals(digest) && this.generation == generation;
        }
    }
}
