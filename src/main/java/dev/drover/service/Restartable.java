package dev.drover.service;

/**
 * Whether a virtual machine that is stopped could be started again, as far as that can be told before it is stopped: each start applies
 * its template as it is now. Pure.
 *
 * @param why not, for people; empty when it is sure
 */
record Restartable(Answer answer, String why) {
    enum Answer {
        YES,
        NO,
        /** It is being found out. */
        UNKNOWN
    }

    static Restartable of(Part part, TemplatedMachine template, SeenMachine machine, Memory memory) {
        Memory.Verdict verdict = memory.verdicts().get(part.name());
        Memory.Setback setback = memory.setbacks().get(machine.name());
        if (verdict == null
                || !verdict.digest().equals(part.templates().getFirst().digest())) {
            return new Restartable(Answer.UNKNOWN, "It is being asked whether KubeVirt takes its template.");
        }
        if (!verdict.accepted()) {
            return no("KubeVirt does not take its template: " + verdict.refusal());
        }
        if (setback != null) {
            return no("What its template says cannot be applied: " + setback.why());
        }
        if (!template.isIn(machine.applied())) {
            return no("Its template was changed, which is not applied to it yet.");
        }
        return Long.valueOf(machine.generation()).equals(memory.known().get(machine.name()))
                ? new Restartable(Answer.YES, "")
                : new Restartable(Answer.UNKNOWN, "It is being compared with its template.");
    }

    private static Restartable no(String why) {
        return new Restartable(Answer.NO, "It is not stopped, since it might not start again. " + why);
    }
}
