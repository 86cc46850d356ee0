package dev.drover.testbed.player;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The metrics of virt-handler in Prometheus' text format, with KubeVirt's names and labels. All nodes are on one page. */
final class PrometheusPage {

    private static final String VMI = "kubevirt_vmi_";

    private static final List<Family> FAMILIES = List.of(
            counter("cpu_usage_seconds_total", "Total CPU time spent in all modes.", g -> g.counters()
                    .cpuSeconds()),
            gauge("memory_domain_bytes", "The amount of memory allocated to the domain.", Usage.OfGuest::size),
            gauge("memory_available_bytes", "Amount of usable memory as seen by the domain.", Usage.OfGuest::size),
            gauge("memory_actual_balloon_bytes", "Current balloon size.", Usage.OfGuest::size),
            gauge("memory_unused_bytes", "Memory left completely unused by the system.", g -> g.size() - g.touched()),
            gauge(
                    "memory_usable_bytes",
                    "Memory that the balloon can reclaim without swapping.",
                    g -> g.size() - g.touched()),
            gauge(
                    "memory_resident_bytes",
                    "Resident set size of the process running the domain.",
                    Usage.OfGuest::resident),
            gauge("dirty_rate_bytes_per_second", "Guest dirty-rate in bytes per second.", Usage.OfGuest::dirtyRate));

    private static final List<CopyFamily> COPY_FAMILIES = List.of(
            new CopyFamily(
                    "migration_data_bytes_total",
                    "counter",
                    "The total Guest OS data to be migrated.",
                    Usage.Copy::total),
            new CopyFamily(
                    "migration_data_processed_bytes",
                    "gauge",
                    "The Guest OS data already migrated.",
                    Usage.Copy::copied),
            new CopyFamily(
                    "migration_data_remaining_bytes",
                    "gauge",
                    "The Guest OS data yet to be migrated.",
                    Usage.Copy::remaining),
            new CopyFamily(
                    "migration_dirty_memory_rate_bytes",
                    "gauge",
                    "The rate of memory being dirtied.",
                    Usage.Copy::dirtyRate),
            new CopyFamily(
                    "migration_memory_transfer_rate_bytes",
                    "gauge",
                    "The rate of the memory transfer.",
                    Usage.Copy::speed));

    private final StringBuilder text = new StringBuilder();

    private PrometheusPage() {}

    private record Family(String name, String type, String help, ToDoubleFunction<Usage.OfGuest> value) {}

    private record CopyFamily(String name, String type, String help, ToDoubleFunction<Usage.Copy> value) {}

    static String of(Usage usage) {
        var page = new PrometheusPage();
        for (var family : FAMILIES) {
            page.head(family.name(), family.type(), family.help());
            usage.guests()
                    .forEach(guest -> page.line(
                            family.name(), guest, Map.of(), family.value().applyAsDouble(guest)));
        }
        page.perCore(
                usage,
                "vcpu_seconds_total",
                "Total amount of time spent in each state by each vcpu.",
                Map.of("state", "running"),
                guest -> guest.counters().cpuSeconds());
        page.perCore(
                usage,
                "vcpu_delay_seconds_total",
                "Time spent by each vcpu waiting in the queue instead of running.",
                Map.of(),
                guest -> guest.counters().delaySeconds());
        page.network(
                usage,
                "network_receive_bytes_total",
                "Total network traffic received in bytes.",
                guest -> guest.counters().received());
        page.network(
                usage,
                "network_transmit_bytes_total",
                "Total network traffic transmitted in bytes.",
                guest -> guest.counters().sent());
        for (var family : COPY_FAMILIES) {
            page.head(family.name(), family.type(), family.help());
            usage.guests().forEach(guest -> guest.copy()
                    .ifPresent(copy -> page.line(
                            family.name(), guest, Map.of(), family.value().applyAsDouble(copy))));
        }
        return page.text.toString();
    }

    private static Family counter(String name, String help, ToDoubleFunction<Usage.OfGuest> value) {
        return new Family(name, "counter", help, value);
    }

    private static Family gauge(String name, String help, ToDoubleFunction<Usage.OfGuest> value) {
        return new Family(name, "gauge", help, value);
    }

    /** The guest's sum, spread evenly over its virtual CPUs. */
    private void perCore(
            Usage usage, String name, String help, Map<String, String> extra, ToDoubleFunction<Usage.OfGuest> sum) {
        head(name, "counter", help);
        for (var guest : usage.guests()) {
            for (var core = 0; core < guest.cores(); core++) {
                var labels = new TreeMap<>(extra);
                labels.put("id", String.valueOf(core));
                line(name, guest, labels, sum.applyAsDouble(guest) / guest.cores());
            }
        }
    }

    private void network(Usage usage, String name, String help, ToDoubleFunction<Usage.OfGuest> bytes) {
        head(name, "counter", help);
        usage.guests().forEach(guest -> line(name, guest, Map.of("interface", "default"), bytes.applyAsDouble(guest)));
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(VMI).append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(VMI).append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, Usage.OfGuest guest, Map<String, String> extra, double value) {
        var labels = new TreeMap<>(extra);
        guest.labels()
                .forEach((key, label) ->
                        labels.put("kubernetes_vmi_label_" + key.replaceAll("[^a-zA-Z0-9_]", "_"), label));
        labels.put("node", guest.node());
        labels.put("namespace", guest.id().namespace());
        labels.put("name", guest.id().name());
        text.append(VMI).append(name).append('{');
        labels.forEach((key, label) ->
                text.append(key).append("=\"").append(escaped(label)).append("\","));
        text.setCharAt(text.length() - 1, '}');
        text.append(' ').append(String.format(Locale.ROOT, "%.6f", value)).append('\n');
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
