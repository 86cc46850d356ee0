package dev.drover.bench.btrplace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the views of a model: what nodes have and virtual machines use of each resource. Not safe for threads. */
final class ViewReader {
    private static final int MOST = 1_000_000;

    private final Json json;
    private final Ids nodes;
    private final Ids vms;
    private final List<String> resources = new ArrayList<>();
    private final List<int[]> capacities = new ArrayList<>();
    private final List<int[]> consumptions = new ArrayList<>();
    private final List<Integer> mostCapacities = new ArrayList<>();

    ViewReader(Json json, Ids nodes, Ids vms) {
        this.json = json;
        this.nodes = nodes;
        this.vms = vms;
    }

    List<String> resources() {
        return resources;
    }

    /** Nodes x resources. */
    int[] capacity() {
        return interleaved(capacities, nodes.count());
    }

    /** Virtual machines x resources. */
    int[] consumption() {
        return interleaved(consumptions, vms.count());
    }

    /** The largest node, of the resource of that number. */
    int mostCapacity(int resource) {
        return mostCapacities.get(resource);
    }

    private static int[] interleaved(List<int[]> columns, int rows) {
        int[] all = new int[rows * columns.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = columns.get(i % columns.size())[i / columns.size()];
        }
        return all;
    }

    void read() {
        json.list("views");
        while (json.hasObject("a view")) {
            view();
        }
    }

    private void view() {
        String kind = "";
        String resource = "";
        int ofNode = 0;
        int ofVm = 0;
        int[] capacity = {};
        int[] consumption = {};
        while (json.hasField()) {
            switch (json.text()) {
                case "id" -> kind = kind();
                case "rcId" -> resource = json.nextString("rcId");
                case "defCapacity" -> ofNode = json.nextInteger("defCapacity", 0, MOST);
                case "defConsumption" -> ofVm = json.nextInteger("defConsumption", 0, MOST);
                case "nodes" -> capacity = figures(nodes, "node", 1);
                case "vms" -> consumption = figures(vms, "VM", 0);
                default -> json.skip();
            }
        }
        if (kind.isEmpty()) {
            throw json.wrong("the view has no id");
        }
        if (kind.equals("shareableResource")) {
            if (resource.isEmpty() || resources.contains(resource)) {
                throw json.wrong("the view needs an rcId that no other has (" + resource + ")");
            }
            resources.add(resource);
            capacities.add(filled(capacity, nodes.count(), ofNode));
            mostCapacities.add(Arrays.stream(capacities.getLast()).max().orElse(0));
            consumptions.add(filled(consumption, vms.count(), ofVm));
            check(resource);
        }
    }

    private String kind() {
        String kind = json.nextString("the id of a view");
        if (!kind.equals("shareableResource") && !kind.equals("ns")) {
            throw json.wrong("there is no such view (" + kind + "); known are shareableResource and ns");
        }
        return kind;
    }

    private int[] figures(Ids ids, String what, int least) {
        int[] figures = new int[ids.count()];
        Arrays.fill(figures, Reconfiguration.NONE);
        json.object("the figures");
        while (json.hasField()) {
            int id = json.nameAsInteger("a " + what, Ids.MOST);
            int number = ids.numberOf(id);
            if (number == Reconfiguration.NONE || figures[number] != Reconfiguration.NONE) {
                throw json.wrong(what + " " + id
                        + (number == Reconfiguration.NONE ? " is not in the mapping" : " is there twice"));
            }
            figures[number] = json.nextInteger("the figure", least, MOST);
        }
        return figures;
    }

    private static int[] filled(int[] figures, int count, int missing) {
        if (figures.length == 0) {
            int[] all = new int[count];
            Arrays.fill(all, missing);
            return all;
        }
        return Arrays.stream(figures)
                .map(figure -> figure == Reconfiguration.NONE ? missing : figure)
                .toArray();
    }

    private void check(String resource) {
        int[] capacity = capacities.getLast();
        for (int node = 0; node < capacity.length; node++) {
            if (capacity[node] == 0) {
                throw json.wrong("the view gives node " + nodes.id(node) + " no " + resource);
            }
        }
        int most = mostCapacity(capacities.size() - 1);
        int[] consumption = consumptions.getLast();
        for (int vm = 0; vm < consumption.length; vm++) {
            if (consumption[vm] > most) {
                throw json.wrong("the view gives VM " + vms.id(vm) + " more " + resource + " (" + consumption[vm]
                        + ") than the largest node has (" + most + ")");
            }
        }
    }
}
