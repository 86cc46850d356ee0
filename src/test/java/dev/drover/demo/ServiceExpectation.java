package dev.drover.demo;

/** What the demo of services must show. */
enum ServiceExpectation implements Expectation {
    STARTED("one manifest starts three applications of seven virtual machines, and all are ready"),
    GROWN("a fourth application adds exactly its virtual machine, and somebody else's is adopted as it is"),
    DEGRADED("an application that dies inside a living virtual machine degrades the service within 10 s, and is named"),
    BOTH_TOLD("where the virtual machine counts, the service stays available, and both facts are told"),
    HEALED("the service is ready again when the application answers"),
    WAITED("on a node that is lost nothing is restarted before its death is proven"),
    RECOVERED("after the proof all of it runs elsewhere"),
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
