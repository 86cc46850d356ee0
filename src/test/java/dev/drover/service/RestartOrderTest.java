package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is restarted before whom when a node has died with virtual machines of several services on it. */
class RestartOrderTest {
    private static final String TRIES = System.getProperty("drover.tries", "60");

    static IntStream seeds() {
        return IntStream.range(0, Integer.parseInt(TRIES));
    }

    @Test
    void theServiceOfHigherPriorityIsFirstThenTheLowerOrder() {
        Farm farm = new Farm(service("late", "", application("a", 1, 0, ""), application("b", 1, 0, "")));
        farm.older(service("soon", "gold", application("c", 1, 7, ""), application("d", 1, 2, "")));
        farm.priority("gold", 100);
        farm.nodes("node-1", "node-2", "node-3", "node-4");
        World world = new World(farm, List.of("late", "soon"), new Random(1));
        world.rest();
        farm.lose("node-1");
        world.rest();
        farm.fence("node-1");
        farm.startOn("node-2");
        farm.log.clear();
        world.rest();

        assertThat(farm.log.subList(0, 2)).containsExactly("start d-0", "start c-0");
        assertThat(farm.log.subList(2, 4)).containsExactlyInAnyOrder("start a-0", "start b-0");
    }

    @Test
    void whatEarlierOnesDependOnIsEarly() {
        Farm farm = new Farm(service(
                "shop", "", application("db", 1, 9, ""), application("log", 1, 5, ""), application("web", 1, 1, "db")));
        farm.nodes("node-1", "node-2", "node-3", "node-4");
        World world = new World(farm, List.of("shop"), new Random(1));
        world.rest();
        farm.lose("node-1");
        farm.fence("node-1");
        farm.startOn("node-2");
        farm.log.clear();
        world.rest();

        assertThat(farm.log).containsExactly("start db-0", "start web-0", "start log-0");
    }

    @Test
    void whatCannotBeStartedKeepsNobodyDownForLong() {
        Farm farm = new Farm(service("late", "", application("a", 1, 0, "")));
        farm.older(service("soon", "gold", application("c", 1, 0, ""), application("d", 1, 0, "c")));
        farm.priority("gold", 100);
        farm.nodes("node-1", "node-2", "node-3", "node-4");
        World world = new World(farm, List.of("late", "soon"), new Random(1));
        world.rest();
        farm.silent.add("c-0");
        farm.lose("node-1");
        farm.fence("node-1");
        farm.startOn("node-2");
        farm.log.clear();
        world.rest();
        assertThat(farm.log)
                .as("d waits for c, which is not ready, and a for d")
                .containsExactly("start c-0");

        farm.pass(Turn.CLAIM);
        world.rest();
        assertThat(farm.log).containsExactly("start c-0", "start a-0");
    }

    /** More of them with -Ddrover.tries=2000. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverBeforeTheProofAndInOrderAfterIt(int seed) {
        Random random = new Random(seed);
        Plan plan = Plan.random(random);
        Farm farm = plan.farm();
        World world = new World(farm, plan.names(), random);
        world.rest();
        Set<String> lost = plan.machines().stream()
                .filter(machine -> farm.nodeOf(machine).equals("node-1"))
                .collect(Collectors.toSet());
        farm.lose("node-1");
        farm.startOn("node-2");
        farm.log.clear();
        world.looks(20);
        farm.ends("node-1");
        world.looks(20);
        farm.pass(Duration.ofMinutes(random.nextInt(60)));
        world.looks(20);
        assertThat(farm.log).as("before the proof").isEmpty();

        farm.fence("node-1");
        world.rest();
        assertThat(farm.log)
                .containsExactlyInAnyOrderElementsOf(
                        lost.stream().map(machine -> "start " + machine).toList());
        assertThat(world.ranks(plan)).as("in this order: %s", farm.log).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(world.tooEarly)
                .as("started before what it depends on was ready")
                .isEmpty();
    }

    /** Looks at its services in any order, a second each. */
    private static final class World {
        private final Farm farm;
        private final List<String> services;
        private final Random random;
        private final Set<String> tooEarly = new HashSet<>();

        World(Farm farm, List<String> services, Random random) {
            this.farm = farm;
            this.services = services;
            this.random = random;
        }

        void looks(int times) {
            for (int i = 0; i < times; i++) {
                look();
            }
        }

        private boolean look() {
            farm.look(services.get(random.nextInt(services.size())));
            Decision decision = farm.step();
            return decision.steps().isEmpty();
        }

        /** Until nothing was done for so long that each service was looked at; shorter than anybody waits for anybody. */
        void rest() {
            int quiet = 0;
            for (int i = 0; i < 250 && quiet < 100; i++) {
                int before = farm.log.size();
                look();
                quiet = farm.log.size() == before ? quiet + 1 : 0;
                checkDependencies(before);
            }
        }

        private void checkDependencies(int from) {
            for (String step : farm.log.subList(from, farm.log.size())) {
                String machine = step.substring(step.indexOf(' ') + 1);
                Plan.dependencies(farm.service, machine).stream()
                        .filter(other -> !farm.runs(other))
                        .forEach(other -> tooEarly.add(machine + " before " + other));
            }
        }

        List<Integer> ranks(Plan plan) {
            return farm.log.stream()
                    .map(step -> plan.rank(step.substring("start ".length())))
                    .toList();
        }
    }

    /** Services with applications in some order and of some priority. */
    private record Plan(Map<String, Integer> priorities, Map<String, String> services, Map<String, Integer> ranks) {
        static Plan random(Random random) {
            Map<String, Integer> priorities = Map.of("gold", 100, "silver", 10);
            Map<String, String> services = new LinkedHashMap<>();
            Map<String, Integer> ranks = new HashMap<>();
            for (int service = 0; service < 3; service++) {
                String priority = List.of("", "silver", "gold").get(random.nextInt(3));
                List<String> applications = new ArrayList<>();
                Map<String, Integer> orders = new LinkedHashMap<>();
                Map<String, List<String>> needs = new HashMap<>();
                for (int i = 0; i < 1 + random.nextInt(3); i++) {
                    String name = "s%da%d".formatted(service, i);
                    List<String> on = orders.keySet().stream()
                            .filter(_ -> random.nextInt(3) == 0)
                            .toList();
                    int order = random.nextInt(4);
                    orders.put(name, order);
                    needs.put(name, on);
                    applications.add(application(name, 1 + random.nextInt(2), order, String.join(" ", on)));
                }
                new ArrayList<>(orders.keySet()).reversed().forEach(name -> needs.get(name)
                        .forEach(on -> orders.merge(on, orders.get(name), Math::min)));
                String name = "s" + service;
                services.put(name, service(name, priority, applications.toArray(String[]::new)));
                orders.forEach((application, order) ->
                        ranks.put(application, order - 10 * priorities.getOrDefault(priority, 0)));
            }
            return new Plan(priorities, services, ranks);
        }

        List<String> names() {
            return List.copyOf(services.keySet());
        }

        Farm farm() {
            List<String> all = new ArrayList<>(services.values());
            Farm farm = new Farm(all.getFirst());
            all.stream().skip(1).forEach(farm::older);
            priorities.forEach(farm::priority);
            farm.nodes("node-1", "node-2", "node-3", "node-4");
            return farm;
        }

        List<String> machines() {
            return ranks.keySet().stream()
                    .flatMap(application -> IntStream.range(0, 2).mapToObj(i -> application + "-" + i))
                    .toList();
        }

        int rank(String machine) {
            return ranks.get(machine.substring(0, machine.lastIndexOf('-')));
        }

        static List<String> dependencies(ApplicationService service, String machine) {
            String name = machine.substring(0, machine.lastIndexOf('-'));
            return service.getSpec().applications().stream()
                    .filter(application -> application.name().equals(name))
                    .flatMap(application -> application.dependsOn().stream())
                    .map(dependency -> dependency.application() + "-0")
                    .toList();
        }
    }

    private static String application(String name, int replicas, int order, String on) {
        String needs = on.isEmpty()
                ? ""
                : "\ndependsOn: ["
                        + Arrays.stream(on.split(" "))
                                .map("{application: %s}"::formatted)
                                .collect(Collectors.joining(", "))
                        + "]";
        return Shop.application(name, replicas, "recovery: {restartedBy: Drover, order: %d}".formatted(order) + needs);
    }

    private static String service(String name, String priority, String... applications) {
        return Shop.service(priority.isEmpty() ? "" : "priorityClassName: " + priority, applications)
                .replace("name: shop", "name: " + name);
    }
}
