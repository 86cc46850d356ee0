package dev.drover.service;

import dev.drover.api.v1alpha1.RelocationDisk;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.api.v1alpha1.Supervision;
import dev.drover.service.Survey.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of one virtual machine of a template to another node by a stop and a start, and back if it does not become ready there: what
 * comes next, by what stands in the status and what is seen. Each state may be entered again and again without anything being done twice,
 * so that it does not matter where the operator was stopped. Pure.
 */
final class ColdPath {
    /** They end by themselves. */
    private static final Set<RelocationState> NOT_TAKEN_BACK =
            EnumSet.of(RelocationState.RESTORING, RelocationState.RELEASING, RelocationState.CLEANING);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);
    private static final Duration SURVEY_HOLDS = Duration.ofSeconds(10);
    private static final Duration SHOWN_TO_OTHERS = Duration.ofSeconds(1);

    private final ServiceRelocation entry;
    private final Seen seen;
    private final Terms terms;

    ColdPath(ServiceRelocation entry, Seen seen, Terms terms) {
        this.entry = entry;
        this.seen = seen;
        this.terms = terms;
    }

    /**
     * What is seen of the virtual machine.
     *
     * @param boundTo the hostname of the one node that it may run on; empty when it may run on several
     * @param inForce what was applied last is what it says now
     * @param setback the last write that was not taken; null without one
     * @param ordered the order still stands
     * @param hold why it may not be started now, since something of it may still run (P18), or it is not its turn; empty when it may
     * @param survey the last one; null without one
     */
    record Seen(
            SeenMachine machine,
            TemplatedMachine template,
            String boundTo,
            boolean inForce,
            Memory.@Nullable Setback setback,
            boolean ordered,
            String hold,
            Restartable restartable,
            @Nullable Survey survey) {}

    /** @param deadline how long a start may take until the virtual machine is ready */
    record Terms(Supervision supervision, Duration deadline, Instant now) {}

    /** Without the disks that have to be copied: {@link DiskPath#along} takes them along. */
    Way next() {
        return switch (entry.state()) {
            case PREPARING, COPYING, ATTACHING, RESTORING, CLEANING -> new Way.Wait("");
            case STOPPING -> seen.machine().toldToRun() ? stopping() : seen.ordered() ? stopped() : takenBack();
            case STARTING -> startedOn(Objects.requireNonNullElse(entry.to(), ""), RelocationState.WITHDRAWING);
            case WITHDRAWING -> withdrawn();
            case RETURNING -> startedOn(Objects.requireNonNullElse(entry.from(), ""), RelocationState.RELEASING);
            case RELEASING -> released();
            case WAITING, MOVING, SUCCEEDED, FAILED, REFUSED -> new Way.Wait("");
        };
    }

    /** The service is not to run any more, which ends what is under way. What was not stopped yet was not relocated. */
    Way takenBack() {
        boolean untouched = entry.state() == RelocationState.PREPARING
                || entry.state() == RelocationState.STOPPING && seen.machine().toldToRun();
        return NOT_TAKEN_BACK.contains(entry.state())
                ? new Way.Wait("")
                : new Way.Pass(
                        untouched ? RelocationState.REFUSED : RelocationState.RELEASING,
                        RelocationFault.TAKEN_BACK,
                        untouched
                                ? "It was taken back before it was stopped."
                                : "It was taken back before it was ready on another node.");
    }

    /** Nothing was done yet: all that speaks against it ends it here. */
    private Way stopping() {
        SeenMachine machine = seen.machine();
        Restartable restartable = seen.restartable();
        if (!seen.ordered()) {
            return takenBack();
        }
        if (machine.moving()) {
            return new Way.Wait("It is being moved live, and is stopped after that.");
        }
        return switch (restartable.answer()) {
            case UNKNOWN -> new Way.Wait(restartable.why());
            case NO -> refused(RelocationFault.ORDER_NOT_FIT, restartable.why());
            case YES -> surveyed();
        };
    }

    /** With an answer that was found after others could see what was promised to this one. */
    private Way surveyed() {
        SeenMachine machine = seen.machine();
        Survey survey = seen.survey();
        Instant shown = entered().plus(SHOWN_TO_OTHERS);
        if (terms.now().isBefore(shown)) {
            return new Way.Wait("It is looked at once more before it is stopped.");
        }
        if (survey == null
                || survey.at().isBefore(shown)
                || !survey.answers(entry.ordered(), terms.now(), SURVEY_HOLDS)) {
            return new Way.Take(new Step.Inspect(
                    machine.application(),
                    machine.name(),
                    entry.ordered(),
                    Objects.requireNonNullElse(entry.to(), "")));
        }
        return switch (survey.finding()) {
            case Finding.Later later -> new Way.Wait(later.why());
            case Finding.Impossible impossible -> refused(impossible.fault(), impossible.why());
            case Finding.Possible possible ->
                possible.equals(decided())
                        ? new Way.Take(new Step.Halt(machine.application(), machine.name(), machine.uid()))
                        : refused(
                                RelocationFault.NO_NODE,
                                "It could go from the node (%s) to the node (%s) by now, which is not what was decided. Order it again."
                                        .formatted(possible.from(), possible.to()));
        };
    }

    private Finding.Possible decided() {
        return new Finding.Possible(
                String.valueOf(entry.from()),
                String.valueOf(entry.to()),
                entry.disks().stream()
                        .map(disk -> new RelocationDisk(disk.claim(), disk.source(), null, null))
                        .toList());
    }

    private static Way refused(RelocationFault fault, String why) {
        return new Way.Pass(RelocationState.REFUSED, fault, why);
    }

    /** KubeVirt lets go of an instance when no pod of it is left. */
    private Way stopped() {
        return seen.machine().present()
                ? new Way.Wait("It is being stopped, to be relocated.")
                : Way.Pass.to(RelocationState.STARTING);
    }

    private Way withdrawn() {
        SeenMachine machine = seen.machine();
        if (machine.toldToRun()) {
            return machine.moving()
                    ? new Way.Wait("It is being moved live, and is stopped after that.")
                    : new Way.Take(new Step.Halt(machine.application(), machine.name(), machine.uid()));
        }
        return machine.present()
                ? new Way.Wait("It is being stopped, to be started where it was.")
                : Way.Pass.to(RelocationState.RETURNING);
    }

    private Way startedOn(String node, RelocationState otherwise) {
        SeenMachine machine = seen.machine();
        SeenInstance instance = machine.instance();
        boolean told = machine.toldToRun();
        if (told && machine.ready(terms.supervision()) && instance != null && node.equals(instance.node())) {
            return Way.Pass.to(RelocationState.RELEASING);
        }
        Step.Apply start = apply("@" + node);
        if (told && overdue()) {
            return notThere(node, otherwise, "It was not ready on the node (%s) within %d s.", why());
        }
        if (!told && !seen.hold().isEmpty()) {
            return new Way.Wait(seen.hold());
        }
        Memory.Setback setback = setback(start);
        if (!told && setback != null) {
            return entry.state() == RelocationState.RETURNING && setback.kind() != Memory.Setback.Kind.NODE_UNUSABLE
                    ? new Way.Take(new Step.Rescue(start, node))
                    : notThere(node, otherwise, "It could not be started on the node (%s). ", setback.why());
        }
        if (!told && entered().plus(ASK_AGAIN).isBefore(terms.now())) {
            // What held it back so long is not held against it: the deadline counts from the first attempt.
            return Way.Pass.to(entry.state());
        }
        return !told || !seen.inForce() && held(start) == null
                ? new Way.Take(new Step.StartOn(start, node))
                : new Way.Wait("It starts on the node (%s).".formatted(node));
    }

    private String why() {
        Memory.Setback setback = seen.setback();
        SeenInstance instance = seen.machine().instance();
        return setback != null ? setback.why() : instance == null ? "" : instance.why();
    }

    private Way notThere(String node, RelocationState otherwise, String what, String why) {
        return entry.fault() != null
                ? Way.Pass.to(otherwise)
                : new Way.Pass(
                        otherwise,
                        RelocationFault.NOT_READY_THERE,
                        (what.formatted(node, terms.deadline().toSeconds()) + " " + why).strip());
    }

    private Instant entered() {
        return entered(entry);
    }

    /** Since when it is in its state. */
    static Instant entered(ServiceRelocation entry) {
        return entry.steps().stream().map(RelocationStep::time).reduce(entry.ordered(), (_, last) -> last);
    }

    /** A guest that fails and is started again and again has no more time than others. */
    private boolean overdue() {
        return entered().plus(terms.deadline()).isBefore(terms.now());
    }

    private Way released() {
        SeenMachine machine = seen.machine();
        boolean bound = !seen.boundTo().equals(seen.template().ownNode());
        Step.Apply free = apply("");
        boolean notTaken = setback(free) != null;
        if (machine.toldToRun() && !bound && (seen.inForce() || notTaken)) {
            return freed();
        }
        if (!machine.toldToRun() && !seen.hold().isEmpty()) {
            return new Way.Wait(seen.hold());
        }
        // What a rescue has set, an apply does not take away.
        boolean returned = entry.steps().stream().anyMatch(step -> step.state() == RelocationState.RETURNING);
        return new Way.Take(notTaken || bound && returned ? new Step.Rescue(free, "") : free);
    }

    /** It succeeded only if it still is where it was to go. */
    private Way freed() {
        SeenInstance instance = seen.machine().instance();
        if (entry.fault() != null) {
            return Way.Pass.to(RelocationState.FAILED);
        }
        String node = instance == null ? null : instance.node();
        if (node == null && !overdue()) {
            return new Way.Wait("It ended, and is being started again.");
        }
        return node != null && node.equals(entry.to())
                ? Way.Pass.to(RelocationState.SUCCEEDED)
                : new Way.Pass(
                        RelocationState.FAILED,
                        RelocationFault.NOT_READY_THERE,
                        "It is not on the node (%s) any more.".formatted(entry.to()));
    }

    private Step.Apply apply(String where) {
        SeenMachine machine = seen.machine();
        return new Step.Apply(
                machine.application(),
                machine.name(),
                seen.template().digest() + TemplatedMachine.RERUN + where,
                machine.generation(),
                seen.template().with(TemplatedMachine.RERUN, machine.uid()));
    }

    /** Why the same was not taken before; null when it was not tried, or was taken. */
    private Memory.@Nullable Setback setback(Step.Apply apply) {
        Memory.Setback setback = seen.setback();
        return setback != null && setback.digest().equals(apply.digest()) ? setback : null;
    }

    /** Why it is not tried again now; null when it is. */
    private @Nullable String held(Step.Apply apply) {
        Memory.Setback setback = setback(apply);
        return setback != null && setback.at().plus(ASK_AGAIN).isAfter(terms.now()) ? setback.why() : null;
    }
}
