package dev.drover.bench.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing to measure: a call of {@code bin/drover bench}, to be made once with each seed.
 *
 * @param name      what it is called in the file of results
 * @param arguments of {@code bench}; an instance is given by its place below the folder of all instances, and begins with a slash
 */
record Trial(String name, List<String> arguments) {
    /** Of PlanetLab. */
    static final int DAYS = 5;

    private static final List<String> TWO_THREADS = List.of("--threads", "2");

    private static Trial of(String name, String... arguments) {
        return new Trial(name, List.of(arguments));
    }

    /** All of them, what is done soon before what takes long. */
    static List<Trial> all() {
        List<Trial> all = new ArrayList<>(btrplace());
        all.addAll(atOnce());
        all.addAll(traces());
        all.addAll(roadef(10));
        all.addAll(fleets());
        all.addAll(roadef(60));
        all.addAll(roadef(300));
        return all;
    }

    private static List<Trial> btrplace() {
        return Stream.of("li", "nr")
                .flatMap(kind -> Stream.of("r3", "r4", "r5", "r6").map(size -> kind + "/" + size))
                .flatMap(size -> Stream.of("c0", "c33").map(rules -> size + "/" + rules))
                .map(name -> of("btrplace " + name, "btrplace", "--instance", "/btrplace-tdsc/" + name + ".json.gz"))
                .toList();
    }

    private static List<Trial> atOnce() {
        return List.of(
                of("repair n5000", "repair", "--instance", "/rebalance/repair-n5000.csv.gz"),
                of("evacuate n5000", "evacuate", "--instance", "/rebalance/evacuate-n5000.csv.gz"),
                of("place n5000", "place", "--instance", "/rebalance/place-n5000.csv.gz"),
                of("place n5000 plain", "place", "--plain", "--instance", "/rebalance/place-n5000.csv.gz"),
                sequence("evacuate", "a"),
                sequence("evacuate", "b"),
                sequence("tight", "c"));
    }

    private static Trial sequence(String kind, String setting) {
        return of(
                "sequence " + setting,
                "sequence",
                "--setting",
                setting,
                "--instance",
                "/rebalance/sequence-" + kind + "-n5000.csv.gz");
    }

    private static List<Trial> traces() {
        return List.of(
                planetlab("thr-mmt", "cloudsim"),
                planetlab("thr-mmt", "cloudsim-keep"),
                planetlab("thr-mmt", "drover"),
                planetlab("drover", "drover"),
                of("forecast planetlab", "forecast", "--days", "/planetlab/days-1-5.tar.gz"),
                of("forecast google", "forecast", "--trace", "/gcd-vms/GCD_VMs.tar.gz"));
    }

    private static Trial planetlab(String policy, String rules) {
        return of(
                "planetlab " + policy + " " + rules,
                "planetlab",
                "--days",
                "/planetlab/days-1-5.tar.gz",
                "--policy",
                policy,
                "--rules",
                rules);
    }

    private static List<Trial> roadef(int seconds) {
        return Roadef.ALL.stream()
                .map(instance -> searching("roadef " + instance.id(), "/roadef2012/" + instance.id(), seconds))
                .toList();
    }

    private static List<Trial> fleets() {
        return List.of(
                searching("rebalance n100", "/rebalance/n100.csv.gz", 2),
                searching("rebalance n1000", "/rebalance/n1000.csv.gz", 10),
                searching("rebalance n5000", "/rebalance/n5000.csv.gz", 10),
                searching("rebalance n5000", "/rebalance/n5000.csv.gz", 30),
                of(
                        "replan n5000",
                        "replan",
                        "--instance",
                        "/rebalance/n5000.csv.gz",
                        "--events",
                        "10000",
                        "--seconds",
                        "10"));
    }

    private static Trial searching(String name, String instance, int seconds) {
        List<String> arguments = new ArrayList<>(List.of(
                name.substring(0, name.indexOf(' ')), "--instance", instance, "--seconds", Integer.toString(seconds)));
        arguments.addAll(TWO_THREADS);
        return new Trial(name + " " + seconds + " s", arguments);
    }

    /** Whether it tells how the cost falls. */
    boolean hasCosts() {
        return List.of("roadef", "rebalance").contains(arguments.getFirst());
    }
}
