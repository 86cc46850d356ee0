package dev.drover.demo;

/** What the demo of balancing must show. */
enum BalanceExpectation implements Expectation {
    ALL_RUN("every virtual machine runs"),
    HOT("the demand step makes one node hot"),
    PLANNED("Drover writes a plan, with a reason for each move, that relieves the hot node"),
    CARRIED_OUT("each move of each plan is one migration, and it ends on the planned node"),
    RELIEVED("the hot node is below its target afterwards"),
    BETTER("the score is higher afterwards"),
    AT_REST("then nothing is worth a move any more, and no virtual machine moved twice"),
    CONFLICT_NAMED("the rule that cannot hold is Conflicting=True and names the rule that it contradicts"),
    NOT_ACTED_ON("nothing is moved for it"),
    RULES_HELD("the rules held at every instant");

    private final String text;

    BalanceExpectation(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
