package dev.drover.bench.btrplace;

import dev.drover.bench.BadInstance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Reads what is to hold. Not safe for threads. */
final class RuleReader {
    private static final int MOST_AMOUNT = 1_000_000;

    private final Json json;
    private final Ids nodes;
    private final Ids vms;
    private final List<Rule> rules = new ArrayList<>();
    /** Most rules have the same parts as another: these are kept once. */
    private final List<int[]> partitions = new ArrayList<>();

    private final BitSet spread = new BitSet();
    private final BitSet among = new BitSet();
    private int[] parts;

    /** The fields of one rule as far as it has them. */
    private static final class Fields {
        String id = "";
        String resource = "";
        int node = Reconfiguration.NONE;
        int vm = Reconfiguration.NONE;
        int amount = Reconfiguration.NONE;
        boolean isContinuous;
        int[] vms = {};
        int[] partOf = {};
    }

    RuleReader(Json json, Ids nodes, Ids vms) {
        this.json = json;
        this.nodes = nodes;
        this.vms = vms;
        parts = new int[0];
    }

    List<Rule> rules() {
        return rules;
    }

    void read(ViewReader views, BitSet online) {
        parts = new int[nodes.count()];
        json.list("constraints");
        while (json.hasObject("a constraint")) {
            rules.add(rule(fields(), views, online));
        }
    }

    private Fields fields() {
        Fields fields = new Fields();
        while (json.hasField()) {
            switch (json.text()) {
                case "id" -> fields.id = id();
                case "rc" -> fields.resource = json.nextString("rc");
                case "node" -> fields.node = number(nodes, "node", json.nextInteger("a node", 0, Ids.MOST));
                case "vm" -> fields.vm = number(vms, "VM", json.nextInteger("a VM", 0, Ids.MOST));
                case "amount" -> fields.amount = json.nextInteger("the amount", 0, MOST_AMOUNT);
                case "continuous" -> fields.isContinuous = json.nextFlag("continuous");
                case "vms" -> fields.vms = vms();
                case "parts" -> fields.partOf = parts();
                default -> throw json.wrong("constraints know no such field (" + json.text() + ")");
            }
        }
        return fields;
    }

    private String id() {
        String id = json.nextString("the id of a constraint");
        return switch (id) {
            case "online", "offline", "running", "preserve", "spread", "among" -> id;
            default ->
                throw json.wrong("there is no such constraint (" + id
                        + "); known are online, offline, running, preserve, spread and among");
        };
    }

    private int number(Ids ids, String what, int id) {
        int number = ids.numberOf(id);
        if (number == Reconfiguration.NONE) {
            throw json.wrong(what + " " + id + " is not in the mapping");
        }
        return number;
    }

    private int[] vms() {
        List<Integer> members = new ArrayList<>();
        json.list("vms");
        while (json.hasInteger()) {
            members.add(number(vms, "VM", json.integer("a VM", 0, Ids.MOST)));
        }
        return members.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] parts() {
        Arrays.fill(parts, Reconfiguration.NONE);
        json.list("parts");
        for (int part = 0; json.hasList("a part"); part++) {
            while (json.hasInteger()) {
                int node = number(nodes, "node", json.integer("a node", 0, Ids.MOST));
                if (parts[node] != Reconfiguration.NONE) {
                    throw json.wrong("node " + nodes.id(node) + " is there twice");
                }
                parts[node] = part;
            }
        }
        for (int[] known : partitions) {
            if (Arrays.equals(known, parts)) {
                return known;
            }
        }
        partitions.add(parts.clone());
        return partitions.getLast();
    }

    private Rule rule(Fields fields, ViewReader views, BitSet online) {
        return switch (fields.id) {
            case "online" -> new Rule.Online(stays(fields, online, true));
            case "offline" -> new Rule.Offline(stays(fields, online, false));
            case "running" -> running(fields);
            case "preserve" -> preserve(fields, views);
            case "spread" -> new Rule.Spread(members(fields, spread));
            case "among" -> among(fields);
            default -> throw json.wrong("the constraint has no id");
        };
    }

    /** Nodes are neither started nor stopped here: a plan has no action for it. */
    private int stays(Fields fields, BitSet online, boolean isOnline) {
        int node = needed(fields.node, "node");
        if (online.get(node) != isOnline) {
            throw json.wrong("node " + nodes.id(node) + " is not " + fields.id
                    + " now; plans that start or stop a node are not supported");
        }
        return node;
    }

    private Rule running(Fields fields) {
        if (fields.isContinuous) {
            throw json.wrong("running is supported at the end only, so continuous must be false (true)");
        }
        return new Rule.Running(needed(fields.vm, "vm"));
    }

    private Rule preserve(Fields fields, ViewReader views) {
        int resource = views.resources().indexOf(fields.resource);
        if (resource < 0) {
            throw json.wrong("there is no view of this resource (" + fields.resource + ")");
        }
        int vm = needed(fields.vm, "vm");
        int amount = needed(fields.amount, "amount");
        if (amount > views.mostCapacity(resource)) {
            throw json.wrong("VM " + vms.id(vm) + " shall have more " + fields.resource + " (" + amount
                    + ") than the largest node has (" + views.mostCapacity(resource) + ")");
        }
        return new Rule.Preserve(vm, resource, amount);
    }

    private Rule among(Fields fields) {
        if (fields.partOf.length == 0) {
            throw lacks("parts");
        }
        return new Rule.Among(members(fields, among), fields.partOf);
    }

    private int[] members(Fields fields, BitSet taken) {
        if (!fields.isContinuous) {
            throw json.wrong(fields.id + " is supported at every instant only, so continuous must be true (false)");
        }
        for (int vm : fields.vms) {
            if (taken.get(vm)) {
                throw json.wrong("VM " + vms.id(vm) + " is there twice, in one " + fields.id
                        + " or in two; it may be in one only");
            }
            taken.set(vm);
        }
        return fields.vms;
    }

    private int needed(int figure, String field) {
        if (figure == Reconfiguration.NONE) {
            throw lacks(field);
        }
        return figure;
    }

    private BadInstance lacks(String field) {
        return json.wrong("the constraint lacks its field " + field);
    }
}
