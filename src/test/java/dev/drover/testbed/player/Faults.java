package dev.drover.testbed.player;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What shall go wrong. A fault meets a migration when the migration's target is first seen, and stays with it. Several faults may meet the same
 * migration. A pod that copies disks meets one fault at most, when it is to start. Safe for use by several threads.
 */
public final class Faults {

    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, List<Fault>> met = new HashMap<>();
    private final List<CopyRule> copyRules = new ArrayList<>();
    private final Map<String, Optional<CopyFault>> metByCopies = new HashMap<>();
    private final Runnable changed;

    Faults(Runnable changed) {
        this.changed = changed;
    }

    private record Rule(Optional<VmId> vm, Optional<String> target, boolean once, Fault fault) {
        boolean matches(VmId id, String node) {
            return vm.map(id::equals).orElse(true) && target.map(node::equals).orElse(true);
        }
    }

    private record CopyRule(String node, boolean once, CopyFault fault) {}

    /** The next migration of a VM meets the fault. */
    public Faults next(VmId vm, Fault fault) {
        return add(new Rule(Optional.of(vm), Optional.empty(), true, fault));
    }

    /** Every migration of a VM meets the fault, from the next one on. */
    public Faults every(VmId vm, Fault fault) {
        return add(new Rule(Optional.of(vm), Optional.empty(), false, fault));
    }

    /** The next migration to a node meets the fault. */
    public Faults nextTo(String node, Fault fault) {
        return add(new Rule(Optional.empty(), Optional.of(node), true, fault));
    }

    /** Every migration to a node meets the fault, from the next one on. */
    public Faults everyTo(String node, Fault fault) {
        return add(new Rule(Optional.empty(), Optional.of(node), false, fault));
    }

    /** The next pod on a node that is to copy disks meets the fault. */
    public Faults nextCopyOn(String node, CopyFault fault) {
        return add(new CopyRule(node, true, fault));
    }

    /** Every pod on a node that is to copy disks meets the fault, from the next one on. */
    public Faults everyCopyOn(String node, CopyFault fault) {
        return add(new CopyRule(node, false, fault));
    }

    /** Nothing goes wrong any more; migrations and copies that hang go on. */
    public void clear() {
        synchronized (this) {
            rules.clear();
            met.clear();
            copyRules.clear();
            metByCopies.clear();
        }
        changed.run();
    }

    /** The faults of a migration to a node; the first call decides them. */
    synchronized List<Fault> of(String migrationUid, VmId vm, String target) {
        return met.computeIfAbsent(migrationUid, uid -> take(vm, target));
    }

    /** The fault of a pod that copies disks on a node; the first call decides it. */
    synchronized Optional<CopyFault> ofCopy(String podUid, String node) {
        return metByCopies.computeIfAbsent(podUid, _ -> takeForCopy(node));
    }

    private Optional<CopyFault> takeForCopy(String node) {
        var rule = copyRules.stream().filter(it -> it.node.equals(node)).findFirst();
        rule.filter(CopyRule::once).ifPresent(copyRules::remove);
        return rule.map(CopyRule::fault);
    }

    private Faults add(CopyRule rule) {
        synchronized (this) {
            copyRules.add(rule);
        }
        return this;
    }

    /** Of several equal faults for the next migration, each migration takes one. */
    private List<Fault> take(VmId vm, String target) {
        var taken = new LinkedHashSet<Rule>();
        for (var rule : List.copyOf(rules)) {
            if (rule.matches(vm, target) && taken.add(rule) && rule.once) {
                rules.remove(rule);
            }
        }
        return taken.stream().map(Rule::fault).toList();
    }

    private Faults add(Rule rule) {
        synchronized (this) {
            rules.add(rule);
        }
        return this;
    }
}
