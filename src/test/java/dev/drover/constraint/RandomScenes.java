package dev.drover.constraint;

import dev.drover.model.Node;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Resources;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.Toleration;
import dev.drover.model.TopologySpread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Small random clusters and constraints: the same for the same seed. */
final class RandomScenes {
    private static final List<String> KEYS = List.of(Node.HOSTNAME_LABEL, Scene.ZONE);
    private static final List<String> APPS = List.of("web", "db", "log");

    private final Random random;
    private boolean preferences;
    private boolean scarce;

    RandomScenes(long seed) {
        random = new Random(seed);
    }

    /** Nodes may be too small for all that is reserved: a lack of resources, that is. */
    RandomScenes withScarcity() {
        scarce = true;
        return this;
    }

    /** Some of the constraints are only preferred from now on. */
    RandomScenes withPreferences() {
        preferences = true;
        return this;
    }

    int number(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    <T> List<T> shuffled(List<T> values) {
        List<T> result = new ArrayList<>(values);
        Collections.shuffle(result, random);
        return result;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Nodes n0 ...; of those after the first one in seven has no zone. */
    Scene nodes(int count) {
        Scene scene = new Scene().namespace("other", "team=b");
        for (int i = 0; i < count; i++) {
            if (i == 0 || chance(85)) {
                scene.node(
                        "n" + i, Scene.ZONE + "=" + one(List.of("a", "b", "c")), "disk=" + one(List.of("ssd", "hdd")));
            } else {
                scene.node("n" + i, "disk=ssd");
            }
        }
        return scene;
    }

    @Nullable
    String place(int nodes) {
        return chance(90) ? "n" + random.nextInt(nodes) : null;
    }

    String app() {
        return "app=" + one(APPS);
    }

    void addTrouble(Scene scene, int nodes) {
        String node = "n" + random.nextInt(nodes);
        switch (number(0, 3)) {
            case 0 -> scene.cordoned(node);
            case 1 -> scene.notReady(node);
            case 2 -> scene.tainted(node, new Taint("dedicated", "gpu", Taint.Effect.NO_SCHEDULE));
            default -> scene.tainted(node, new Taint("soft", "", Taint.Effect.PREFER_NO_SCHEDULE));
        }
    }

    Selection selection() {
        Selector labels = chance(15) ? Selector.EVERYTHING : labels();
        return switch (number(0, 3)) {
            case 0 -> new Selection(labels, Set.of(), Selector.EVERYTHING);
            case 1 -> new Selection(labels, Set.of(), Scene.selector("team=b"));
            default -> Selection.inNamespace(Scene.NAMESPACE, labels);
        };
    }

    private Selector labels() {
        return switch (number(0, 3)) {
            case 0 -> new Selector(List.of(Requirement.notIn("app", one(APPS))));
            case 1 -> new Selector(List.of(Requirement.in("app", "web", "db")));
            default -> Scene.selector(app());
        };
    }

    private Selector nodeSelector() {
        return switch (number(0, 3)) {
            case 0 -> Scene.selector("disk=ssd", Scene.ZONE + "=a");
            case 1 -> Scene.exists(Scene.ZONE);
            case 2 -> new Selector(List.of(Requirement.notIn(Scene.ZONE, "a", "b")));
            default -> Scene.selector("disk=" + one(List.of("ssd", "hdd")));
        };
    }

    Constraint constraint(int number) {
        Constraint usual = Scene.constraint(number, rule(), selection());
        boolean alwaysContinuous = usual.rule() instanceof Rule.Pinned
                || usual.rule() instanceof Rule.Quarantine
                || usual.rule() instanceof Rule.Reserve;
        if (preferences && !alwaysContinuous && chance(25)) {
            return usual.preferred(number(1, 100));
        }
        return alwaysContinuous || usual.rule() instanceof Rule.MaxNodesInUse || chance(70)
                ? usual
                : usual.during(one(List.of(Rule.During.values())));
    }

    /** A node has 16 cores and 64 GiB. */
    private Resources reserved() {
        Resources cpu =
                Resources.of(one(scarce ? List.of(3_000L, 7_500L, 12_000L, 17_000L) : List.of(4_000L, 17_000L)), 0);
        return chance(70) ? cpu : cpu.with(Resources.MEMORY, one(List.of(16L << 30, 65L << 30)));
    }

    private Rule rule() {
        return switch (number(0, 13)) {
            case 13 -> new Rule.Overcommit(nodeSelector(), Resources.CPU, number(5, 30));
            case 10 -> new Rule.Quarantine(nodeSelector());
            case 11 -> new Rule.Reserve(reserved());
            case 12 -> new Rule.MaxNodesInUse(chance(50) ? Selector.EVERYTHING : nodeSelector(), number(1, 3));
            case 0 -> new Rule.Spread(one(KEYS), OptionalInt.of(number(1, 2)));
            case 1 -> new Rule.Colocate(one(KEYS));
            case 2 -> new Rule.SameDomain(one(KEYS));
            case 3 -> new Rule.SeparateFrom(selection());
            case 4 -> new Rule.AllowedNodes(nodeSelector());
            case 5 -> new Rule.ForbiddenNodes(nodeSelector());
            case 6 -> new Rule.Exclusive();
            case 7 -> new Rule.Pinned();
            case 8 ->
                new Rule.Capacity(
                        nodeSelector(),
                        chance(50) ? null : Resources.CPU,
                        chance(50) ? number(1, 4) : number(1, 4) * 1_000L,
                        chance(50) ? null : one(KEYS));
            default -> new Rule.Spread(one(KEYS), OptionalInt.empty());
        };
    }

    PodTerm term() {
        return new PodTerm(Scene.selector(app()), Set.of(Scene.NAMESPACE), Selector.NOTHING, one(KEYS));
    }

    /** @param loose also affinity and topology spread, whose kernels are stricter than kube-scheduler */
    Scheduling scheduling(boolean loose) {
        List<PodTerm> antiAffinity = new ArrayList<>();
        for (int i = number(0, 2); i > 0; i--) {
            antiAffinity.add(term());
        }
        List<Selector> nodeTerms =
                chance(80) ? List.of() : List.of(nodeSelector(), Scene.selector(Scheduling.NODE_NAME_KEY + "=n1"));
        List<Toleration> tolerations =
                chance(80) ? List.of() : List.of(new Toleration("dedicated", true, "", Taint.Effect.NO_SCHEDULE));
        return new Scheduling(
                chance(80) ? Map.of() : Map.of("disk", "ssd"),
                nodeTerms,
                tolerations,
                loose && chance(50) ? List.of(term()) : List.of(),
                antiAffinity,
                loose && chance(50)
                        ? List.of(new TopologySpread(Scene.selector(app()), one(KEYS), number(1, 2)))
                        : List.of());
    }
}
