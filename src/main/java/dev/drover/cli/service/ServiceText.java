package dev.drover.cli.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.ApplicationStatus;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.DependencyState;
import dev.drover.api.v1alpha1.LastMove;
import dev.drover.api.v1alpha1.NodeResources;
import dev.drover.api.v1alpha1.ResourceDemand;
import dev.drover.api.v1alpha1.ScalingStatus;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.cli.option.Table;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints services for people: the answer first, then applications, then virtual machines. */
final class ServiceText {
    private static final String NONE = "-";
    private static final String READY = "Ready";

    private final PrintWriter out;

    ServiceText(PrintWriter out) {
        this.out = out;
    }

    void list(List<ApplicationService> services) {
        if (services.isEmpty()) {
            out.println("There is no service here. Look in all namespaces with --all-namespaces.");
            return;
        }
        new Table("NAMESPACE", "NAME", "RUN", "READY", "REASON", "MESSAGE")
                .with(services.stream().map(ServiceText::line).toList())
                .print(out, "");
    }

    private static List<String> line(ApplicationService service) {
        ApplicationServiceStatus status = status(service);
        Condition ready = condition(status, READY);
        return List.of(
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                word(service.getSpec().runPolicy()),
                of(status.readyVirtualMachines(), status.desiredVirtualMachines()),
                ready == null ? NONE : ready.reason(),
                ready == null ? "Nothing is reported yet. Does the operator run?" : ready.message());
    }

    void one(ApplicationService service) {
        ApplicationServiceStatus status = status(service);
        out.printf(
                Locale.ROOT,
                "%s/%s  %s, supervised by %s, %s virtual machines ready%n",
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                word(service.getSpec().runPolicy()),
                word(service.getSpec().supervision()),
                of(status.readyVirtualMachines(), status.desiredVirtualMachines()));
        if (status.conditions().isEmpty()) {
            out.println("Nothing is reported yet. Does the operator run?");
            return;
        }
        out.println();
        new Table("CONDITION", "STATUS", "REASON", "MESSAGE")
                .with(status.conditions().stream()
                        .map(condition -> List.of(
                                condition.type(), word(condition.status()), condition.reason(), condition.message()))
                        .toList())
                .print(out, "");
        out.println();
        new Table("APPLICATION", READY.toUpperCase(Locale.ROOT), "MESSAGE")
                .with(status.applications().stream().map(ServiceText::row).toList())
                .print(out, "");
        resources(status.required(), status.available());
        machines(status.applications());
        relocations(status.relocations());
    }

    /** What the service needs, and what is free on the nodes that it may use. */
    private void resources(@Nullable ResourceDemand required, @Nullable NodeResources available) {
        if (required == null || available == null) {
            return;
        }
        out.println();
        new Table("RESOURCE", "REQUIRED", "AVAILABLE")
                .with(Stream.of(
                                row("cpu", required.cpu(), available.cpu()),
                                row("memory", required.memory(), available.memory()),
                                row("network", required.network(), available.network()),
                                row("diskIO", required.diskIO(), available.diskIO()))
                        .filter(row -> !row.subList(1, row.size()).equals(List.of(NONE, NONE)))
                        .toList())
                .print(out, "");
    }

    private static List<String> row(String resource, @Nullable Quantity required, @Nullable Quantity available) {
        return List.of(
                resource,
                required == null ? NONE : required.toString(),
                available == null ? NONE : available.toString());
    }

    private void relocations(List<ServiceRelocation> relocations) {
        if (!relocations.isEmpty()) {
            out.println();
            new Table("RELOCATION", "ORDERED", "STATE", "SINCE", "FROM", "TO", "FAULT", "MESSAGE")
                    .with(relocations.stream().map(ServiceText::row).toList())
                    .print(out, "");
        }
    }

    private static List<String> row(ServiceRelocation relocation) {
        return List.of(
                relocation.virtualMachine(),
                relocation.ordered().toString(),
                word(relocation.state()),
                relocation.steps().isEmpty()
                        ? NONE
                        : relocation.steps().getLast().time().toString(),
                or(relocation.from()),
                or(relocation.to()),
                relocation.fault() == null ? NONE : word(relocation.fault()),
                or(relocation.message()));
    }

    private static List<String> row(ApplicationStatus application) {
        return List.of(application.name(), of(application.ready(), application.desired()), or(message(application)));
    }

    private static @Nullable String message(ApplicationStatus application) {
        ScalingStatus scaling = application.scaling();
        if (application.message() != null || scaling == null) {
            return application.message();
        }
        return scaling.held() == null ? scaling.message() : scaling.held();
    }

    private void machines(List<ApplicationStatus> applications) {
        List<List<String>> rows = new ArrayList<>();
        applications.forEach(application ->
                application.virtualMachines().forEach(machine -> rows.add(row(application.name(), machine))));
        if (rows.isEmpty()) {
            return;
        }
        out.println();
        new Table(
                        "VIRTUAL MACHINE",
                        "APPLICATION",
                        "STATE",
                        "NODE",
                        "RUNNING",
                        "ANSWERS",
                        "SCORE",
                        "LAST MOVE",
                        "MESSAGE")
                .with(rows)
                .print(out, "");
    }

    private static List<String> row(String application, ServiceVirtualMachine machine) {
        return List.of(
                machine.name(),
                application,
                word(machine.state()),
                or(machine.node()),
                word(machine.running()),
                word(machine.applicationReady()),
                machine.score() == null ? NONE : machine.score().toString(),
                move(machine.lastMove()),
                or(machine.message()));
    }

    private static String move(@Nullable LastMove move) {
        return move == null
                ? NONE
                : "%s to %s, %s".formatted(move.from(), move.to() == null ? "?" : move.to(), word(move.outcome()));
    }

    void graph(ServiceGraph graph) {
        out.println(graph.service());
        new Table("STAGE", "APPLICATION", "READY", "AFTER", "MESSAGE")
                .with(graph.applications().stream()
                        .map(node -> List.of(
                                Integer.toString(node.stage()),
                                node.name(),
                                of(node.ready(), node.desired()),
                                node.dependsOn().isEmpty()
                                        ? NONE
                                        : node.dependsOn().stream()
                                                .map(ServiceText::edge)
                                                .collect(Collectors.joining(", ")),
                                or(node.message())))
                        .toList())
                .print(out, "");
    }

    private static String edge(ServiceGraph.Edge edge) {
        String state = edge.until() == DependencyState.READY ? "is ready" : "runs";
        String delay = edge.delaySeconds() == 0 ? "" : " for " + edge.delaySeconds() + " s";
        return edge.application() + " " + state + delay;
    }

    private static ApplicationServiceStatus status(ApplicationService service) {
        return Objects.requireNonNullElse(service.getStatus(), ApplicationServiceStatus.NONE);
    }

    private static @Nullable Condition condition(ApplicationServiceStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(null);
    }

    private static String of(@Nullable Integer ready, @Nullable Integer desired) {
        return desired == null ? NONE : ready + "/" + desired;
    }

    private static String or(@Nullable String text) {
        return text == null || text.isEmpty() ? NONE : text;
    }

    /** VIRTUAL_MACHINE becomes VirtualMachine, as the API writes it. */
    private static String word(Enum<?> value) {
        return Arrays.stream(value.name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
