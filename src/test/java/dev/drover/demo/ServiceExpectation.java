package dev.drover.demo;

/** What the demo of services must show. */
enum ServiceExpectation implements Expectation {
    STARTED("one manifest starts three applications of seven virtual machines, and all are ready"),
    GROWN("a fourth application adds exactly its virtual machine, and somebody else's is adopted as it is"),
    DEGRADED("an application that dies inside a living virtual machine degrades the service within 10 s, and is named"),
    BOTH_TOLD("where the virtual machine counts, the service stays available, and both facts are told"),
    HEALED("the service is ready again when the application answers"),
    SWAPPED("an application heavy on disks and one heavy on CPU change their nodes with their profiles"),
    SCALED("the number of an application's virtual machines follows its load, no higher than its bound"),
    MOVED("a virtual machine that cannot move live is relocated by a stop and a start, step by step"),
    DATA_KEPT("its data comes along, and goes at the source only when it is ready on the other node"),
    WAITED("on a node that is lost nothing is restarted before its death is proven"),
    RECOVERED("after the proof all of it runs elsewhere"),
    BRAKED("with half of the nodes lost the brake holds, and says so"),
    RELEASED("when a person orders it, all of it runs on the nodes that are left"),
    REMOVED("with the service go its virtual machines, and nobody else's"),
    IN_ORDER("nothing was started before what it needs was ready, nothing went before what needs it"),
    RULES_HELD("the rules held at every instant");

    private final String text;

    ServiceExpectation(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
