package dev.drover.constraint;

/** What searches may still do: nodes tried, and restrictions of one virtual machine by another. Not safe for threads. */
final class SearchBudget {
    private int left;

    SearchBudget(int all) {
        left = all;
    }

    void spend() {
        left--;
    }

    boolean isSpent() {
        return left <= 0;
    }
}
