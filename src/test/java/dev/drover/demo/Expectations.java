package dev.drover.demo;

import java.util.EnumMap;
import java.util.Map;

/** Which expectations held. One that the story did not reach has not held. */
final class Expectations {

    private record Result(boolean held, String seen) {}

    private final Map<Expectation, Result> results = new EnumMap<>(Expectation.class);

    /** @param seen what was seen, for people */
    void record(Expectation expectation, boolean held, String seen) {
        results.put(expectation, new Result(held, seen));
    }

    boolean allHeld() {
        return results.size() == Expectation.values().length
                && results.values().stream().allMatch(Result::held);
    }

    void tell(Narrator narrator) {
        for (Expectation expectation : Expectation.values()) {
            Result result = results.getOrDefault(expectation, new Result(false, "not reached"));
            narrator.verdict(result.held(), expectation.text() + ": " + result.seen());
        }
    }
}
