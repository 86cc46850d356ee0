package dev.drover.demo;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.PlannedMove;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.status.ConditionType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what a change of an object means. Not safe for threads. */
final class Commentary {

    private final Narrator narrator;
    private final Map<String, Instant> began = new HashMap<>();

    Commentary(Narrator narrator) {
        this.narrator = narrator;
    }

    void instance(@Nullable VirtualMachineInstance before, VirtualMachineInstance now) {
        String name = now.getMetadata().getName();
        boolean ranBefore = before != null && running(before);
        if (running(now) && !ranBefore) {
            narrator.tell("%-6s runs on %s".formatted(name, now.getStatus().nodeName()));
        } else if (ranBefore && !running(now)) {
            narrator.bad("%s is %s".formatted(name, now.getStatus().phase()));
        }
    }

    /** @param guest whom it moves; null when it is not known */
    void migration(
            @Nullable VirtualMachineInstanceMigration before,
            VirtualMachineInstanceMigration now,
            @Nullable VirtualMachineInstance guest) {
        String name = now.getMetadata().getName();
        String vm = now.getSpec().vmiName();
        String from = guest == null ? "?" : guest.getStatus().nodeName();
        if (before == null) {
            began.put(name, narrator.now());
            narrator.tell("%-6s migrates from %s to %s".formatted(vm, from, target(now)));
        } else if (now.ended() && !before.ended()) {
            String took = narrator.since(Objects.requireNonNull(began.get(name)));
            if ("Succeeded".equals(now.getStatus().phase())) {
                narrator.good("%-6s runs on %s, after %s".formatted(vm, target(now), took));
            } else {
                narrator.bad("%-6s did not reach %s, after %s".formatted(vm, target(now), took));
            }
        }
    }

    void plan(@Nullable MigrationPlan before, MigrationPlan now) {
        String name = now.getMetadata().getName();
        if (before == null) {
            var spec = now.getSpec();
            narrator.tell("plan %s (%s): moves to make: %d, score %d -> %d"
                    .formatted(
                            name,
                            StatusReading.word(spec.reason()),
                            spec.moves().size(),
                            spec.expected().scoreBefore(),
                            spec.expected().scoreAfter()));
            spec.moves().forEach(this::move);
        } else if (!StatusReading.ended(before) && StatusReading.ended(now)) {
            narrator.tell("plan %s ended: %s"
                    .formatted(name, StatusReading.message(now.getStatus().conditions(), ConditionType.SUCCEEDED)));
        }
    }

    /** Tells what is new in the condition that sums it up. */
    void service(@Nullable ApplicationService before, ApplicationService now) {
        String then = before == null ? "" : summary(before);
        String said = summary(now);
        if (!said.isEmpty() && !said.equals(then)) {
            narrator.tell("service %s: %s".formatted(now.getMetadata().getName(), said));
        }
    }

    private static String summary(ApplicationService service) {
        return service.getStatus() == null
                ? ""
                : StatusReading.message(service.getStatus().conditions(), ConditionType.READY);
    }

    private void move(PlannedMove move) {
        narrator.tell("  %-3s %-6s %s -> %s  %s"
                .formatted(
                        move.id(),
                        move.virtualMachine().name(),
                        move.from(),
                        move.to(),
                        Objects.requireNonNullElse(move.message(), "")));
    }

    static boolean running(VirtualMachineInstance instance) {
        return "Running".equals(instance.getStatus().phase());
    }

    static String target(VirtualMachineInstanceMigration migration) {
        return migration
                .getSpec()
                .addedNodeSelector()
                .getOrDefault("kubernetes.io/hostname", "a node of KubeVirt's choice");
    }
}
