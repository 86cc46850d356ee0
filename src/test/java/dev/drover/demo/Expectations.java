package dev.drover.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which expectations held. One that the story did not reach has not held. */
final class Expectations {

    private record Result(boolean held, String seen) {}

    private final List<Expectation> all;
    private final Map<Expectation, Result> results = new HashMap<>();

    /** @param all in the order in which they are told */
    Expectations(Expectation... all) {
        this.all = List.of(all);
    }

    /** @param seen what was seen, for people */
    void record(Expectation expectation, boolean held, String seen) {
        results.put(expectation, new Result(held, seen));
    }

    boolean allHeld() {
        return all.stream().allMatch(expectation -> result(expectation).held());
    }

    void tell(Narrator narrator) {
        for (Expectation expectation : all) {
            Result result = result(expectation);
            narrator.verdict(result.held(), expectation.text() + ": " + result.seen());
        }
    }

    private Result result(Expectation expectation) {
        return results.getOrDefault(expectation, new Result(false, "not reached"));
    }
}
