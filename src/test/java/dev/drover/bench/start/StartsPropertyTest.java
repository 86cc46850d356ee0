package dev.drover.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.start.Arrivals.Vm;
import dev.drover.placement.search.Starts;
import dev.drover.placement.search.Starts.Nodes;
import dev.drover.placement.search.Starts.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What starts gets a node exactly when one is left for it, judged by the evaluator, which shares no code with the engine. */
class StartsPropertyTest {

    @Property(tries = 300)
    void no_rule_is_ever_broken_and_only_what_fits_nowhere_is_refused(@ForAll long seed) {
        Arrivals arrivals = random(new Random(seed));
        List<Request> requests = arrivals.vms().stream()
                .map(vm -> new Request(new int[] {vm.cpu(), vm.memory()}, vm.zone(), vm.spread(), vm.colocate()))
                .toList();
        int[] capacity = new int[2 * arrivals.nodes()];
        Arrays.setAll(capacity, i -> i % 2 == 0 ? arrivals.cpu() : arrivals.memory());
        int[] zones = IntStream.range(0, arrivals.nodes())
                .map(n -> n % Arrivals.ZONES)
                .toArray();
        Starts starts = new Starts(new Nodes(2, capacity, zones), requests);
        Map<Integer, Integer> nodeOf = new HashMap<>();
        for (int vm = 0; vm < requests.size(); vm++) {
            int node = starts.place(requests.get(vm));
            if (node != Starts.NOWHERE) {
                nodeOf.put(vm, node);
            } else if (arrivals.vms().get(vm).colocate() == Arrivals.NONE) {
                assertThat(holdsSomewhere(arrivals, withReserved(arrivals, nodeOf), vm))
                        .isFalse();
            }
        }

        assertThat(ArrivalsEvaluator.breaches(arrivals, nodeOf)).isEmpty();
        assertThat(ArrivalsEvaluator.breaches(arrivals, withReserved(arrivals, nodeOf)))
                .isEmpty();
        assertThat(membersOfSome(arrivals, nodeOf)).isEmpty();
    }

    /** Once the first of a gang has a node, so have all of it. */
    private static List<Integer> membersOfSome(Arrivals arrivals, Map<Integer, Integer> nodeOf) {
        return withReserved(arrivals, nodeOf).keySet().stream()
                .filter(vm -> !nodeOf.containsKey(vm))
                .toList();
    }

    private static Map<Integer, Integer> withReserved(Arrivals arrivals, Map<Integer, Integer> nodeOf) {
        Map<Integer, Integer> nodeOfGang = new HashMap<>();
        nodeOf.forEach((vm, node) -> nodeOfGang.put(arrivals.vms().get(vm).colocate(), node));
        nodeOfGang.remove(Arrivals.NONE);
        Map<Integer, Integer> all = new HashMap<>(nodeOf);
        for (int vm = 0; vm < arrivals.vms().size(); vm++) {
            Integer node = nodeOfGang.get(arrivals.vms().get(vm).colocate());
            if (node != null) {
                all.put(vm, node);
            }
        }
        return all;
    }

    private static boolean holdsSomewhere(Arrivals arrivals, Map<Integer, Integer> nodeOf, int vm) {
        return IntStream.range(0, arrivals.nodes()).anyMatch(node -> {
            Map<Integer, Integer> with = new HashMap<>(nodeOf);
            with.put(vm, node);
            return ArrivalsEvaluator.breaches(arrivals, with).isEmpty();
        });
    }

    private static Arrivals random(Random random) {
        int nodes = 1 + random.nextInt(30);
        List<Vm> vms = new ArrayList<>();
        int count = random.nextInt(6 * nodes);
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(4);
            vms.add(new Vm(
                    random.nextInt(300),
                    random.nextInt(120),
                    kind == 1 || kind == 3 ? random.nextInt(1 + nodes / 2) : Arrivals.NONE,
                    kind == 2 || kind == 3 ? random.nextInt(1 + count / 2) : Arrivals.NONE,
                    random.nextInt(4) == 0 ? random.nextInt(Math.min(nodes, Arrivals.ZONES)) : Arrivals.NONE));
        }
        return new Arrivals(nodes, 640, 256, vms);
    }
}
