package dev.drover.dump;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.Constraint;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import dev.drover.plan.Policy;
import dev.drover.plan.Pools;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the operator knew at one instant, as values to decide on. Immutable.
 *
 * @param file what it was read from
 * @param constraints oldest first
 * @param policies oldest first
 * @param freedoms of the virtual machines that may not be moved for every reason, or not everywhere
 * @param warnings what is possible and probably not meant, with its place
 */
public record Dump(
        DumpFile file,
        Cluster cluster,
        List<Constraint> constraints,
        List<Governing> policies,
        Map<VmId, Freedom> freedoms,
        List<String> warnings) {
    public Dump {
        constraints = List.copyOf(constraints);
        policies = List.copyOf(policies);
        freedoms = Map.copyOf(freedoms);
        warnings = List.copyOf(warnings);
    }

    /** @param noBalanceBecause why its nodes are not balanced now, for a person; empty when they are */
    public record Governing(Policy policy, String noBalanceBecause) {}

    /** @throws BadFile when it is no dump, with the place of what is wrong */
    public static Dump read(Path path) {
        return of(JsonFile.read(path, DumpFile.class), Place.root(path.toString()));
    }

    /**
     * @param place where the dump is: the root of its own file, or a field of another
     * @throws BadFile with the place of what is wrong
     */
    public static Dump of(DumpFile file, Place place) {
        return new Decoder(file, place).decode();
    }

    public Pools pools() {
        return Pools.assign(
                cluster.nodes(), policies.stream().map(Governing::policy).toList());
    }

    /** Whether a policy chooses nodes for virtual machines that start. */
    public boolean placesStarts(String policy) {
        return file.policies().stream()
                .anyMatch(entry -> entry.name().equals(policy) && entry.spec().admission() != AdmissionMode.OFF);
    }

    public Freedom freedomOf(VmId vm) {
        return freedoms.getOrDefault(vm, Freedom.FREE);
    }
}
