package dev.drover.reconcile;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.NodeResources;
import dev.drover.constraint.ConstraintId;
import dev.drover.model.Node;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import dev.drover.model.Selector;
import dev.drover.model.VmId;
import dev.drover.observe.InlineRules;
import dev.drover.observe.SelectorReader;
import dev.drover.observe.ServiceMembers;
import dev.drover.service.Outlook;
import dev.drover.status.Reason;
import dev.drover.status.RuleReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a cycle finds of each service. A pure function of the view. */
final class ServiceOutlooks {
    private static final int MOST_NAMED = 5;

    private final View view;
    private final ConstraintReports rules;
    private final Map<String, Map<String, String>> unplacedOf = new HashMap<>();
    private final Map<String, Resources> freeOn = new HashMap<>();

    /** @param unplaced why virtual machines that are to start find no node */
    ServiceOutlooks(View view, ConstraintReports rules, Map<VmId, String> unplaced) {
        this.view = view;
        this.rules = rules;
        Map<VmId, Integer> index = view.cluster().vmIndex();
        unplaced.forEach((vm, why) -> {
            ServiceMembers.Member member =
                    view.snapshot().members().of(view.cluster().vms().get(index.get(vm)));
            if (member != null) {
                unplacedOf
                        .computeIfAbsent(member.service().getMetadata().getUid(), _ -> new HashMap<>())
                        .put(vm.name(), why);
            }
        });
        view.cluster().nodes().stream()
                .filter(node -> node.ready() && !node.cordoned())
                .forEach(node -> freeOn.put(node.name(), node.allocatable()));
        for (Pod pod : view.cluster().pods()) {
            if (pod.node() != null) {
                freeOn.computeIfPresent(pod.node(), (_, free) -> free.minus(pod.requests()));
            }
        }
    }

    /** By uid of the service. */
    Map<String, Outlook> byService() {
        Map<String, Outlook> result = new HashMap<>();
        Map<Selector, NodeResources> available = new HashMap<>();
        for (ApplicationService service : view.snapshot().services()) {
            Selector nodes = service.getSpec().nodeSelector() == null
                    ? Selector.EVERYTHING
                    : SelectorReader.read(service.getSpec().nodeSelector());
            String uid = service.getMetadata().getUid();
            List<ConstraintId> stated = InlineRules.of(service).stream()
                    .map(InlineRules::id)
                    .filter(rules::knows)
                    .toList();
            result.put(
                    uid,
                    new Outlook(
                            finding(stated, rules::inForce, RuleReason.ACCEPTED),
                            finding(stated, rules::holds, RuleReason.SATISFIED),
                            unplacedOf.getOrDefault(uid, Map.of()),
                            told(service, available.computeIfAbsent(nodes, this::available))));
        }
        return result;
    }

    /** The first that does not hold gives the reason: required ones before preferences. Null where nothing is stated. */
    private static Outlook.@Nullable Finding finding(
            List<ConstraintId> stated, Function<ConstraintId, Outlook.Finding> ask, Reason allWell) {
        if (stated.isEmpty()) {
            return null;
        }
        List<Outlook.Finding> failing = new ArrayList<>();
        for (ConstraintId rule : stated) {
            Outlook.Finding found = ask.apply(rule);
            if (!found.holds()) {
                failing.add(new Outlook.Finding(false, found.reason(), about(rule) + found.message()));
            }
        }
        failing.sort(Comparator.comparing(found -> found.reason() == RuleReason.PREFERENCE_UNMET));
        return failing.isEmpty()
                ? new Outlook.Finding(true, allWell, "")
                : new Outlook.Finding(
                        false,
                        failing.getFirst().reason(),
                        String.join(
                                " ",
                                failing.stream()
                                        .map(Outlook.Finding::message)
                                        .limit(MOST_NAMED)
                                        .toList()));
    }

    /** SERVICE.APPLICATION.PLACE in words. */
    private static String about(ConstraintId rule) {
        String name = rule.name();
        int last = name.lastIndexOf('.');
        int before = name.lastIndexOf('.', last - 1);
        String application = name.substring(before + 1, last);
        String place = name.substring(last + 1);
        return InlineRules.isAboutNodes(rule)
                ? "spec.nodeSelector, for the application (%s): ".formatted(application)
                : "The rule at place (%s) of the application (%s): ".formatted(place, application);
    }

    private NodeResources available(Selector nodes) {
        Resources free = Resources.NONE;
        Resources offered = Resources.NONE;
        for (Node node : view.cluster().nodes()) {
            Resources here = freeOn.get(node.name());
            if (here != null && nodes.matches(node.labels())) {
                offered = offered.plus(node.allocatable().throughput());
                for (String name : here.names()) {
                    free = free.plus(Resources.of(Map.of(name, Math.max(0, here.get(name)))));
                }
            }
        }
        return ReportedAmounts.resources(free, offered);
    }

    /** What was told before, where little has changed: else the start of any pod would rewrite the status of every service. */
    private static NodeResources told(ApplicationService service, NodeResources now) {
        ApplicationServiceStatus status = service.getStatus();
        NodeResources before = status == null ? null : status.available();
        return before == null || Materiality.far(before, now) ? now : before;
    }
}
