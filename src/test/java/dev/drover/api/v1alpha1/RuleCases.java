package dev.drover.api.v1alpha1;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One accepted and one rejected object for every rule of the schemas.
 *
 * <p>The accepted object is nearly the rejected one: what the message asks for was done.
 */
final class RuleCases {
    /**
     * @param message how the rule's message begins
     * @param name of both objects
     */
    record Case(String says, String kind, String name, String accepted, String rejected, String message) {
        @Override
        public String toString() {
            return kind + ": " + says;
        }
    }

    private RuleCases() {}

    private static final String ONLY_TAKES = "the cluster kind only takes from others";
    private static final String MEMBER = "The member %s belongs to type %s only. Remove it, or change type to %s.";

    static List<Case> creation() {
        List<Case> rules = general().stream()
                .filter(rule -> rule.kind().equals("PlacementConstraint"))
                .toList();
        return Stream.of(
                        general().stream(),
                        SharedRuleCases.creation().stream(),
                        ServiceRuleCases.creation().stream(),
                        rules.stream().map(ServiceRuleCases::inline),
                        rules.stream()
                                .filter(rule -> !rule.says().equals(ONLY_TAKES))
                                .map(RuleCases::inCluster))
                .flatMap(Function.identity())
                .toList();
    }

    /** What a namespace may not say, administrators may not say for a cluster. */
    private static Case inCluster(Case rule) {
        return cluster(rule.says(), rule.accepted(), rule.rejected(), rule.message());
    }

    private static List<Case> general() {
        return List.of(
                policy(
                        "pool",
                        "only the default policy selects no nodes",
                        "nodeSelector: {matchLabels: {pool: a}}",
                        "{mode: Automatic}",
                        "Only the policy named default governs nodes without selecting them."),
                policy(
                        "default",
                        "the default policy selects no nodes",
                        "{mode: Automatic}",
                        "nodeSelector: {matchLabels: {pool: a}}",
                        "The policy named default governs the nodes that no other policy selects."),
                policy(
                        "default",
                        "a resource counts",
                        "weights: {cpu: 0, memory: 1}",
                        "weights: {cpu: 0, memory: 0}",
                        "cpu and memory are both 0"),
                policy(
                        "default",
                        "a forecast looks no further than half a season",
                        "demand: {forecast: {horizonSeconds: 1800, seasonSeconds: 3600}}",
                        "demand: {forecast: {horizonSeconds: 1801, seasonSeconds: 3600}}",
                        "horizonSeconds is more than half of seasonSeconds."),
                policy(
                        "default",
                        "a window opens by a cron expression",
                        window("0 22 * * 1-5"),
                        window("0 25 * * 1-5"),
                        "schedule must be five fields"),
                rule(
                        ONLY_TAKES,
                        "{type: Spread, virtualMachines: {}}",
                        "{type: Pinned, virtualMachines: {}}",
                        "Exclusive, Pinned, Capacity, Quarantine, Reserve, Overcommit and MaxNodesInUse take room from others."),
                rule(
                        "spread belongs to its type",
                        "{type: Spread, virtualMachines: {}, spread: {maxSkew: 1}}",
                        "{type: Colocate, virtualMachines: {}, spread: {maxSkew: 1}}",
                        MEMBER.formatted("spread", "Spread", "Spread")),
                rule(
                        "colocate belongs to its type",
                        "{type: Colocate, virtualMachines: {}, colocate: {topologyKey: rack}}",
                        "{type: Spread, virtualMachines: {}, colocate: {topologyKey: rack}}",
                        MEMBER.formatted("colocate", "Colocate", "Colocate")),
                rule(
                        "SameDomain needs its member",
                        "{type: SameDomain, virtualMachines: {}, sameDomain: {topologyKey: zone}}",
                        "{type: SameDomain, virtualMachines: {}}",
                        "Type SameDomain needs the member sameDomain"),
                rule(
                        "SeparateFrom needs its member",
                        "{type: SeparateFrom, virtualMachines: {}, separateFrom: {selector: {matchLabels: {app: b}}}}",
                        "{type: SeparateFrom, virtualMachines: {}}",
                        "Type SeparateFrom needs the member separateFrom"),
                rule(
                        "AllowedNodes needs its member",
                        nodes("AllowedNodes", "{matchLabels: {disk: fast}}"),
                        "{type: AllowedNodes, virtualMachines: {}}",
                        "Type AllowedNodes needs the member allowedNodes"),
                rule(
                        "ForbiddenNodes needs its member",
                        nodes("ForbiddenNodes", "{matchLabels: {disk: slow}}"),
                        "{type: ForbiddenNodes, virtualMachines: {}, allowedNodes: {nodeSelector: {matchLabels: {disk: slow}}}}",
                        "Type ForbiddenNodes needs the member forbiddenNodes"),
                rule(
                        "allowed nodes are some of all",
                        nodes("AllowedNodes", "{matchExpressions: [{key: disk, operator: Exists}]}"),
                        nodes("AllowedNodes", "{}"),
                        "An empty selector selects every node"),
                rule(
                        "what is kept apart is named",
                        "{type: SeparateFrom, virtualMachines: {}, separateFrom: {selector: {matchLabels: {app: b}}}}",
                        "{type: SeparateFrom, virtualMachines: {}, separateFrom: {selector: {}}}",
                        "An empty selector would separate these virtual machines from all others."),
                cluster(
                        "what is pinned stays at each instant",
                        "{type: Pinned, virtualMachines: {}, during: Continuous}",
                        "{type: Pinned, virtualMachines: {}, during: Discrete}",
                        "Types Pinned, Quarantine and Reserve hold at each instant."),
                rule(
                        "only a preference has a weight",
                        "{type: Spread, virtualMachines: {}, enforcement: Preferred, weight: 80}",
                        "{type: Spread, virtualMachines: {}, weight: 80}",
                        "weight says how much a preference counts"),
                rule(
                        "a preference is about what rests",
                        "{type: Spread, virtualMachines: {}, enforcement: Preferred, during: Discrete}",
                        "{type: Spread, virtualMachines: {}, enforcement: Preferred, during: Continuous}",
                        "A preference is about virtual machines at rest."),
                cluster(
                        "what is pinned is so for certain",
                        "{type: Pinned, virtualMachines: {}, enforcement: Required}",
                        "{type: Pinned, virtualMachines: {}, enforcement: Preferred}",
                        "Types Pinned, Quarantine and Reserve cannot be mere preferences."),
                cluster(
                        "Quarantine needs its member",
                        "{type: Quarantine, virtualMachines: {}, quarantine: {nodeSelector: {matchLabels: {rack: r7}}}}",
                        "{type: Quarantine, virtualMachines: {}}",
                        "Type Quarantine needs the member quarantine"),
                cluster(
                        "a quarantine is of some nodes",
                        "{type: Quarantine, virtualMachines: {}, quarantine: {nodeSelector: {matchExpressions: [{key: rack, operator: Exists}]}}}",
                        "{type: Quarantine, virtualMachines: {}, quarantine: {nodeSelector: {}}}",
                        "An empty selector would close every node."),
                cluster(
                        "Reserve needs its member",
                        "{type: Reserve, virtualMachines: {}, reserve: {cpu: 4}}",
                        "{type: Reserve, virtualMachines: {}}",
                        "Type Reserve needs the member reserve"),
                cluster(
                        "something is reserved",
                        "{type: Reserve, virtualMachines: {}, reserve: {memory: 16Gi}}",
                        "{type: Reserve, virtualMachines: {}, reserve: {}}",
                        "reserve names no resource."),
                cluster(
                        "what is reserved are cores",
                        "{type: Reserve, virtualMachines: {}, reserve: {cpu: 1500m}}",
                        "{type: Reserve, virtualMachines: {}, reserve: {cpu: 8Gi}}",
                        "cpu is not between 1m and 100k cores."),
                cluster(
                        "what is reserved are bytes",
                        "{type: Reserve, virtualMachines: {}, reserve: {memory: 8Gi}}",
                        "{type: Reserve, virtualMachines: {}, reserve: {memory: 8}}",
                        "memory is not between 1Mi and 1Pi."),
                cluster(
                        "Overcommit needs its member",
                        "{type: Overcommit, virtualMachines: {}, overcommit: {resource: cpu, ratioPercent: 400, nodeSelector: {}}}",
                        "{type: Overcommit, virtualMachines: {}}",
                        "Type Overcommit needs the member overcommit"),
                cluster(
                        "MaxNodesInUse needs its member",
                        "{type: MaxNodesInUse, virtualMachines: {}, maxNodesInUse: {max: 2, nodeSelector: {}}}",
                        "{type: MaxNodesInUse, virtualMachines: {}, capacity: {maxVirtualMachines: 2, nodeSelector: {}}}",
                        "Type MaxNodesInUse needs the member maxNodesInUse"),
                cluster(
                        "nodes in use are counted at rest",
                        "{type: MaxNodesInUse, virtualMachines: {}, maxNodesInUse: {max: 2, nodeSelector: {}}, during: Discrete}",
                        "{type: MaxNodesInUse, virtualMachines: {}, maxNodesInUse: {max: 2, nodeSelector: {}}, during: Continuous}",
                        "Type MaxNodesInUse holds at rest."),
                cluster(
                        "Capacity needs its member",
                        capacity("maxVirtualMachines: 10"),
                        "{type: Capacity, virtualMachines: {}}",
                        "Type Capacity needs the member capacity"),
                cluster(
                        "Exclusive needs no member",
                        "{type: Exclusive, virtualMachines: {matchLabels: {app: a}}}",
                        "{type: Exclusive, virtualMachines: {}, capacity: {maxVirtualMachines: 1, nodeSelector: {}}}",
                        "Type Capacity needs the member capacity"),
                cluster(
                        "a capacity is of machines or of a resource",
                        capacity("resource: memory, max: 64Gi"),
                        capacity("resource: memory, max: 64Gi, maxVirtualMachines: 3"),
                        "Give either maxVirtualMachines, or resource and max"),
                cluster(
                        "a resource has an amount",
                        capacity("resource: cpu, max: 8"),
                        capacity("resource: cpu"),
                        "resource and max belong together."),
                cluster(
                        "an amount is not negative",
                        capacity("resource: cpu, max: 500m"),
                        capacity("resource: cpu, max: -1"),
                        "max is not an amount of 0 or more."),
                profile(
                        "one way to select",
                        "virtualMachines: {name: web-0}",
                        "virtualMachines: {name: web-0, selector: {}}",
                        "Give either name or selector"),
                plan(
                        "a move changes the node",
                        Objects.PLAN,
                        Objects.PLAN.replace("to: n2", "to: n1"),
                        "from and to name the same node."),
                plan(
                        "a plan is approved by its digest",
                        approved("decision: Approved, digest: d1"),
                        approved("decision: Approved, digest: d2"),
                        "approval.digest is not this plan's spec.snapshot.digest"),
                plan(
                        "approved moves are moves of the plan",
                        approved("decision: Approved, digest: d1, moves: [m1]"),
                        approved("decision: Approved, digest: d1, moves: [m2]"),
                        "approval.moves names a move that this plan does not have."),
                plan(
                        "an approval does not say what an abort does",
                        approved("decision: Approved, digest: d1"),
                        approved("decision: Approved, digest: d1, inFlight: Cancel"),
                        "inFlight says what an abort does"),
                plan(
                        "a rejection names no moves",
                        approved("decision: Rejected, digest: d1"),
                        approved("decision: Rejected, digest: d1, moves: [m0]"),
                        "moves names what is approved."));
    }

    /**
     * A change of a plan's spec.
     *
     * @param before the spec as it stands
     */
    record Change(String says, String before, String accepted, String rejected, String message) {
        @Override
        public String toString() {
            return says;
        }
    }

    static List<Change> changes() {
        String approval = approved("decision: Approved, digest: d1");
        return List.of(
                new Change(
                        "the policy stays",
                        Objects.PLAN,
                        approval,
                        approval.replace("policy: default", "policy: other"),
                        "A plan does not change"),
                new Change(
                        "a move stays",
                        Objects.PLAN,
                        approval,
                        approval.replace("to: n2", "to: n4"),
                        "A plan does not change"),
                new Change(
                        "the promise stays",
                        Objects.PLAN,
                        approval,
                        approval.replace("scoreAfter: 90", "scoreAfter: 91"),
                        "A plan does not change"),
                new Change(
                        "nothing is added",
                        Objects.PLAN,
                        approval,
                        approval + "remaining: 3\n",
                        "A plan does not change"),
                new Change(
                        "the digest stays, also for an approver",
                        Objects.PLAN,
                        approval,
                        approval.replace("d1", "d2"),
                        "A plan does not change"),
                new Change(
                        "a decision stays",
                        approval,
                        approved("decision: Aborted, digest: d1, inFlight: Cancel"),
                        Objects.PLAN,
                        "A decision cannot be taken back."),
                new Change(
                        "an approved plan can only be aborted",
                        approval,
                        approved("decision: Aborted, digest: d1"),
                        approved("decision: Rejected, digest: d1"),
                        "This plan is decided."),
                new Change(
                        "a rejection is final",
                        approved("decision: Rejected, digest: d1"),
                        approved("decision: Rejected, digest: d1"),
                        approval,
                        "This plan is decided."),
                new Change(
                        "only what is approved is aborted",
                        Objects.PLAN,
                        approved("decision: Rejected, digest: d1"),
                        approved("decision: Aborted, digest: d1"),
                        "Only an approved plan can be aborted."));
    }

    private static Case policy(String name, String says, String accepted, String rejected, String message) {
        return new Case(says, "PlacementPolicy", name, accepted, rejected, message);
    }

    private static Case rule(String says, String accepted, String rejected, String message) {
        return new Case(says, "PlacementConstraint", "rule", accepted, rejected, message);
    }

    private static Case cluster(String says, String accepted, String rejected, String message) {
        return new Case(says, "ClusterPlacementConstraint", "rule", accepted, rejected, message);
    }

    private static Case profile(String says, String accepted, String rejected, String message) {
        return new Case(says, "VirtualMachineProfile", "profile", accepted, rejected, message);
    }

    private static Case plan(String says, String accepted, String rejected, String message) {
        return new Case(says, "MigrationPlan", "plan", accepted, rejected, message);
    }

    private static String window(String schedule) {
        return "budget: {windows: [{schedule: \"" + schedule + "\", durationSeconds: 3600}]}";
    }

    private static String nodes(String type, String selector) {
        String member = Character.toLowerCase(type.charAt(0)) + type.substring(1);
        return "{type: " + type + ", virtualMachines: {}, " + member + ": {nodeSelector: " + selector + "}}";
    }

    private static String capacity(String limit) {
        return "{type: Capacity, virtualMachines: {}, capacity: {" + limit + ", nodeSelector: {}}}";
    }

    static String approved(String approval) {
        return Objects.PLAN + "approval: {" + approval + "}\n";
    }
}
