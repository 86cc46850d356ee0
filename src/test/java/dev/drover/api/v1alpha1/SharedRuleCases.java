package dev.drover.api.v1alpha1;

import dev.drover.api.v1alpha1.RuleCases.Case;
import java.util.List;
import java.util.stream.Stream;

/** One accepted and one rejected object for every rule of what several kinds have in common, in each of these kinds. */
final class SharedRuleCases {
    private SharedRuleCases() {}

    /** @param spec of an object of the kind, with a gap */
    private record Place(String kind, String spec) {}

    /**
     * @param accepted what fills the gap
     * @param rejected likewise
     */
    private record Filling(String says, String accepted, String rejected, String message) {
        Case in(Place place) {
            return new Case(
                    says,
                    place.kind(),
                    "pool",
                    place.spec().formatted(accepted),
                    place.spec().formatted(rejected),
                    message);
        }
    }

    private static final List<Place> SELECTORS = List.of(
            new Place("PlacementPolicy", "nodeSelector: %s"),
            new Place("PlacementConstraint", "{type: Spread, virtualMachines: %s}"),
            new Place("ClusterPlacementConstraint", "{type: Pinned, virtualMachines: %s}"),
            new Place("VirtualMachineProfile", "{virtualMachines: {selector: %s}}"),
            new Place("ApplicationService", "applications: [{name: db, virtualMachines: {selector: %s}}]"));

    private static final List<Filling> OF_SELECTORS = List.of(
            new Filling(
                    "In has values",
                    "{matchExpressions: [{key: pool, operator: In, values: [a]}]}",
                    "{matchExpressions: [{key: pool, operator: In}]}",
                    "In and NotIn need at least one entry in values"),
            new Filling(
                    "a key of matchLabels is a label key",
                    "{matchLabels: {example.com/pool: a}}",
                    "{matchLabels: {\"example com\": a}}",
                    "A key of matchLabels is not a label key."));

    private static final List<Place> DEMANDS = List.of(
            new Place("VirtualMachineProfile", "{virtualMachines: {name: a}, demand: %s}"),
            new Place(
                    "ApplicationService",
                    "applications: [{name: db, profile: %s, virtualMachines: {template: {spec: {}}}}]"));

    private static final List<Filling> OF_DEMANDS = List.of(
            new Filling("a demand names a resource", "{cpu: 2}", "{}", "demand names no resource."),
            new Filling("cores are not bytes", "{cpu: 1500m}", "{cpu: 8Gi}", "cpu is not between 1m and 100k cores."),
            new Filling("bytes are not cores", "{memory: 8Gi}", "{memory: 8}", "memory is not between 1Mi and 1Pi."),
            new Filling(
                    "bits are not megabits",
                    "{network: 200M}",
                    "{network: 200}",
                    "network is not between 1k and 10T bits a second."),
            new Filling(
                    "operations are whole ones",
                    "{diskIO: 500}",
                    "{diskIO: 500m}",
                    "diskIO is not between 1 and 100M operations a second."));

    static List<Case> creation() {
        return Stream.concat(each(SELECTORS, OF_SELECTORS), each(DEMANDS, OF_DEMANDS))
                .toList();
    }

    private static Stream<Case> each(List<Place> places, List<Filling> fillings) {
        return places.stream().flatMap(place -> fillings.stream().map(filling -> filling.in(place)));
    }
}
