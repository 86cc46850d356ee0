package dev.drover.observe;

import dev.drover.api.v1alpha1.ApplicationScaling;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.Supervision;
import dev.drover.config.Settings;
import dev.drover.forecast.Load;
import dev.drover.forecast.LoadSeries;
import dev.drover.kubevirt.Condition;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.VmId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the applications whose number of virtual machines follows their load use, in the course of time. It is lost with the process, and
 * every replica gathers it, so that one that takes over knows it. Safe for threads.
 */
final class ApplicationLoads {
    /** What a virtual machine uses before and shortly after it is ready is its start, and not what it is there for. */
    private static final Duration SETTLED = Duration.ofSeconds(30);
    /** One that was ready, was not, and is so again seems to have started for ever. */
    private static final Duration LONGEST_START = Duration.ofMinutes(30);

    private final Measurements measurements;
    private final Settings settings;
    private final Map<Key, Track> tracks = new HashMap<>();

    ApplicationLoads(Measurements measurements, Settings settings) {
        this.measurements = measurements;
        this.settings = settings;
    }

    private record Key(String serviceUid, String application) {}

    private static final class Track {
        final LoadSeries series;
        double each = Double.NaN;
        Duration stabilization = Duration.ZERO;

        Track(Duration gap) {
            series = new LoadSeries(gap);
        }
    }

    /** What is there of one application. */
    private record Present(
            ApplicationService service, ApplicationScaling scaling, List<VirtualMachineInstance> instances) {}

    /** Takes in what was measured last. */
    synchronized void read(Machines seen, Instant now) {
        Map<Key, Present> present = new HashMap<>();
        seen.services().forEach(service -> service.getSpec().applications().stream()
                .filter(application -> application.scaling() != null)
                .forEach(application -> present.put(
                        new Key(service.getMetadata().getUid(), application.name()),
                        new Present(service, application.scaling(), new ArrayList<>()))));
        tracks.keySet().retainAll(present.keySet());
        if (!present.isEmpty()) {
            Map<VmId, VirtualMachineInstance> instances = seen.instances().stream()
                    .collect(Collectors.toMap(ApplicationLoads::id, Function.identity(), (a, _) -> a));
            for (VirtualMachine machine : seen.machines()) {
                Mark mark = Mark.of(machine);
                Present of = present.get(new Key(mark.serviceUid(), mark.application()));
                VirtualMachineInstance instance = instances.get(id(machine));
                if (of != null && instance != null) {
                    of.instances().add(instance);
                }
            }
            present.forEach((key, there) -> read(key, there, now));
        }
    }

    private static VmId id(HasMetadata object) {
        return new VmId(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    private void read(Key key, Present there, Instant now) {
        Sum sum = new Sum(there.service().getSpec().supervision(), now);
        there.instances().forEach(sum::add);
        if (sum.measured > 0) {
            Track track = tracks.computeIfAbsent(key, _ -> new Track(settings.metricsStaleAfter()));
            track.each = (double) sum.capacity / sum.starts.size();
            track.stabilization = Duration.ofSeconds(there.scaling().stabilizationSeconds());
            track.series.lookAhead(sum.usualStart());
            track.series.add(now, sum.load, sum.measured == sum.starts.size(), track.stabilization);
        }
    }

    /** Over the instances of one application that are ready: the others serve nobody. */
    private final class Sum {
        final Supervision supervision;
        final Instant now;
        final Instant valid;
        final List<Duration> starts = new ArrayList<>();
        long load;
        long capacity;
        int measured;

        Sum(Supervision supervision, Instant now) {
            this.supervision = supervision;
            this.now = now;
            this.valid = now.minus(settings.metricsStaleAfter());
        }

        void add(VirtualMachineInstance instance) {
            Optional<Instant> since = readySince(instance, supervision);
            if (since.isEmpty()) {
                return;
            }
            starts.add(Duration.between(Instant.parse(instance.getMetadata().getCreationTimestamp()), since.get()));
            capacity += VmReader.guestCpu(instance);
            boolean settled = !since.get().plus(SETTLED).isAfter(now);
            OptionalLong used =
                    settled ? measurements.lastCpu(instance.getMetadata().getUid(), valid) : OptionalLong.empty();
            measured += used.isPresent() ? 1 : 0;
            load += used.orElse(0);
        }

        /** The median. */
        Duration usualStart() {
            Duration median = starts.stream().sorted().toList().get(starts.size() / 2);
            return median.isNegative() ? Duration.ZERO : median.compareTo(LONGEST_START) > 0 ? LONGEST_START : median;
        }
    }

    private static Optional<Instant> readySince(VirtualMachineInstance instance, Supervision supervision) {
        VirtualMachineInstance.Status status = instance.getStatus();
        if (!status.running() || instance.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        return switch (supervision) {
            case APPLICATION ->
                status.ready()
                        .filter(Condition::isTrue)
                        .map(Condition::lastTransitionTime)
                        .map(Instant::parse);
            case VIRTUAL_MACHINE ->
                status.phaseTransitionTimestamps().stream()
                        .map(VirtualMachineInstance.PhaseTransition::phaseTransitionTimestamp)
                        .filter(Objects::nonNull)
                        .map(Instant::parse)
                        .findFirst();
        };
    }

    /** @return {@link Load#UNKNOWN} when nothing that is recent enough was measured */
    synchronized Load load(String serviceUid, String application, Instant now) {
        Track track = tracks.get(new Key(serviceUid, application));
        return track == null ? Load.UNKNOWN : track.series.load(now, track.each, track.stabilization);
    }
}
