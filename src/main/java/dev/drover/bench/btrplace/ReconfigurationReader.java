package dev.drover.bench.btrplace;

import dev.drover.bench.BadInstance;
import dev.drover.bench.btrplace.Reconfiguration.Nodes;
import dev.drover.bench.btrplace.Reconfiguration.Vms;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Reads an instance in BtrPlace's JSON, from its beginning to its end, without a tree of it. Not safe for threads. */
final class ReconfigurationReader {
    /** What booting takes where the file does not say. */
    private static final int BOOT_SECONDS = 1;

    private static final int MOST_SECONDS = 1_000_000;

    private final Json json;
    private final Ids nodes = new Ids();
    private final Ids vms = new Ids();
    private final BitSet online = new BitSet();
    private int[] nodeOf = new int[1024];
    private int[] bootSeconds = {};
    private boolean isMapped;
    private boolean isModelled;

    private ReconfigurationReader(Json json) {
        this.json = json;
    }

    /** @throws BadInstance when the file is missing or wrong */
    static Reconfiguration read(Path path) {
        return new ReconfigurationReader(Json.of(path)).read();
    }

    private Reconfiguration read() {
        ViewReader views = new ViewReader(json, nodes, vms);
        RuleReader rules = new RuleReader(json, nodes, vms);
        json.object("the file");
        while (json.hasField()) {
            switch (json.text()) {
                case "model" -> model(views);
                case "constraints" -> {
                    if (!isModelled) {
                        throw json.wrong("constraints come before the model that they are about");
                    }
                    rules.read(views, online);
                }
                default -> json.skip();
            }
        }
        if (!isModelled) {
            throw json.wrong("there is no model");
        }
        json.end("the instance");
        int[] where = Arrays.copyOf(nodeOf, vms.count());
        return new Reconfiguration(
                new Nodes(nodes, online, views.capacity()),
                new Vms(vms, where, bootSeconds, views.consumption()),
                views.resources(),
                List.copyOf(rules.rules()));
    }

    private void model(ViewReader views) {
        if (isModelled) {
            throw json.wrong("there is a second model");
        }
        json.object("the model");
        while (json.hasField()) {
            String field = json.text();
            if (!isMapped && !field.equals("mapping")) {
                throw json.wrong("the mapping must be the first of the model, before " + field);
            }
            switch (field) {
                case "mapping" -> mapping();
                case "attributes" -> attributes();
                case "views" -> views.read();
                default -> json.skip();
            }
        }
        if (!isMapped) {
            throw json.wrong("the model has no mapping");
        }
        isModelled = true;
    }

    private void mapping() {
        if (isMapped) {
            throw json.wrong("there is a second mapping");
        }
        json.object("the mapping");
        while (json.hasField()) {
            switch (json.text()) {
                case "readyVMs" -> vms("readyVMs", Reconfiguration.NONE);
                case "offlineNodes" -> offlineNodes();
                case "onlineNodes" -> onlineNodes();
                default -> throw json.wrong("the mapping knows no such field (" + json.text() + ")");
            }
        }
        bootSeconds = new int[vms.count()];
        Arrays.fill(bootSeconds, BOOT_SECONDS);
        isMapped = true;
    }

    private void offlineNodes() {
        json.list("offlineNodes");
        while (json.hasInteger()) {
            add(nodes, "node", json.integer("a node", 0, Ids.MOST));
        }
    }

    private void onlineNodes() {
        json.object("onlineNodes");
        while (json.hasField()) {
            add(nodes, "node", json.nameAsInteger("a node", Ids.MOST));
            int node = nodes.count() - 1;
            online.set(node);
            json.object("an online node");
            while (json.hasField()) {
                switch (json.text()) {
                    case "runningVMs" -> vms("runningVMs", node);
                    case "sleepingVMs" -> noSleepingVms();
                    default -> throw json.wrong("an online node knows no such field (" + json.text() + ")");
                }
            }
        }
    }

    private void noSleepingVms() {
        json.list("sleepingVMs");
        if (json.hasInteger()) {
            throw json.wrong("VMs that sleep are not supported (" + json.text() + ")");
        }
    }

    private void vms(String what, int node) {
        json.list(what);
        while (json.hasInteger()) {
            add(vms, "VM", json.integer("a VM", 0, Ids.MOST));
            if (vms.count() > nodeOf.length) {
                nodeOf = Arrays.copyOf(nodeOf, 2 * nodeOf.length);
            }
            nodeOf[vms.count() - 1] = node;
        }
    }

    private void add(Ids ids, String what, int id) {
        if (!ids.add(id)) {
            throw json.wrong(what + " " + id + " is there twice");
        }
    }

    /** Only how long booting takes counts. */
    private void attributes() {
        json.object("the attributes");
        while (json.hasField()) {
            if (!json.text().equals("vms")) {
                json.skip();
                continue;
            }
            json.object("the attributes of VMs");
            while (json.hasField()) {
                int id = json.nameAsInteger("a VM", Ids.MOST);
                if (vms.numberOf(id) == Reconfiguration.NONE) {
                    throw json.wrong("VM " + id + " is not in the mapping");
                }
                json.object("the attributes of VM " + id);
                while (json.hasField()) {
                    if (json.text().equals("boot")) {
                        bootSeconds[vms.numberOf(id)] = json.nextInteger("the time to boot", 1, MOST_SECONDS);
                    } else {
                        json.skip();
                    }
                }
            }
        }
    }
}
