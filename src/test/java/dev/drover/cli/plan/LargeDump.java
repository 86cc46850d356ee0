package dev.drover.cli.plan;

import dev.drover.bench.generate.Kind;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A dump of any size: ten virtual machines a node, a third of the nodes hot, as {@code bin/drover bench generate rebalance} makes them,
 * with rules of every kind over their applications of ten and some over all of them.
 */
final class LargeDump {
    private static final int HEADER = 2;
    private static final int MEMBERS = 10;
    private static final int ZONES = 10;

    private final int nodes;
    private final int rules;

    /**
     * @param nodes at least 3
     * @param rules how many constraints, at most one for each application of ten virtual machines
     */
    LargeDump(int nodes, int rules) {
        this.nodes = nodes;
        this.rules = rules;
    }

    String text() {
        List<String> lines = Kind.REBALANCE.lines(nodes, new SplittableRandom(1));
        List<String> vms = lines.subList(HEADER, lines.size());
        return """
                {"format": "drover.dev/dump/v1", "takenAt": "2026-03-02T09:00:00Z",
                "nodes": [%s],
                "virtualMachines": [%s],
                "namespaces": {"shop": {}},
                "constraints": [%s],
                "clusterConstraints": [%s],
                "policies": [{"name": "default", "created": "2026-03-01T08:00:00Z", "spec": {"mode": "Automatic"}}]}
                """
                .formatted(
                        list(nodes, LargeDump::node),
                        list(vms.size(), vm -> vm(vm, vms.get(vm).split(",", -1))),
                        list(rules, LargeDump::rule),
                        rules == 0 ? "" : list(EVERYWHERE.size(), LargeDump::everywhere));
    }

    private static String list(int count, IntFunction<String> entry) {
        return IntStream.range(0, count).mapToObj(entry).collect(Collectors.joining(",\n"));
    }

    private static String node(int node) {
        return """
                {"name": "n%d", "labels": {"kubernetes.io/hostname": "n%d", "zone": "z%d", "rack": "r%d"}, \
                "allocatable": {"cpu": "64", "memory": "256Gi", "pods": "110"}}"""
                .formatted(node, node, node % ZONES, node / 50);
    }

    /** @param cells node, tenths of a core, GiB, group */
    private static String vm(int vm, String[] cells) {
        long millis = Long.parseLong(cells[1]) * 100;
        return """
                {"namespace": "shop", "name": "vm-%d", "labels": {"app": "a%d", "group": "g%s"}, "node": "n%s", \
                "requests": {"cpu": "%dm", "memory": "%sGi"}, \
                "demand": {"amount": {"cpu": "%dm", "memory": "%sGi"}, "source": "Measured"}}"""
                .formatted(vm, vm / MEMBERS, cells[3], cells[0], millis / 10, cells[2], millis, cells[2]);
    }

    private static String rule(int rule) {
        String spec =
                switch (rule % 8) {
                    case 0 -> "\"type\": \"Spread\", \"spread\": {\"topologyKey\": \"zone\", \"maxSkew\": 5}";
                    case 1 ->
                        "\"type\": \"SeparateFrom\", \"separateFrom\": {\"selector\": {\"matchLabels\": {\"app\": \"a%d\"}}}"
                                .formatted(rule + 1);
                    case 2 ->
                        "\"type\": \"ForbiddenNodes\", \"forbiddenNodes\": {\"nodeSelector\": {\"matchLabels\": {\"rack\": \"r%d\"}}}"
                                .formatted((rule * 7 + 3) % 100);
                    case 3 ->
                        "\"type\": \"SameDomain\", \"sameDomain\": {\"topologyKey\": \"zone\"}, \"enforcement\": \"Preferred\"";
                    default -> "\"type\": \"Spread\", \"spread\": {\"topologyKey\": \"kubernetes.io/hostname\"}";
                };
        String labels = rule % 8 < 4 ? "\"app\": \"a%d\"".formatted(rule) : "\"group\": \"g%d\"".formatted(rule);
        return """
                {"namespace": "shop", "name": "rule-%d", "created": "2026-03-01T08:00:00Z", \
                "spec": {"virtualMachines": {"matchLabels": {%s}}, %s}}"""
                .formatted(rule, labels, spec);
    }

    private static final List<String> EVERYWHERE = List.of(
            """
            "virtualMachines": {}, "type": "Capacity", "capacity": {"nodeSelector": {}, "topologyKey": "kubernetes.io/hostname", \
            "maxVirtualMachines": 40}""",
            """
            "virtualMachines": {}, "type": "Overcommit", "overcommit": {"resource": "cpu", "ratioPercent": 400, "nodeSelector": {}}""",
            """
            "virtualMachines": {"matchLabels": {"app": "a3000"}}, "type": "Reserve", "reserve": {"cpu": "1"}""",
            """
            "virtualMachines": {}, "type": "Quarantine", "quarantine": {"nodeSelector": {"matchLabels": {"rack": "r7"}}}""");

    private static String everywhere(int rule) {
        return """
                {"name": "rule-%d", "created": "2026-03-01T08:00:00Z", "spec": {"namespaceSelector": {}, %s}}"""
                .formatted(rule, EVERYWHERE.get(rule));
    }
}
