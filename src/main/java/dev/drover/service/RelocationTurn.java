package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.ServiceRelocation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Of all services one virtual machine after the other is relocated, so that no room is promised to two. Those that began at once see each
 * other before they stop anything, and agree on who is first. Pure.
 */
final class RelocationTurn {
    private static final Comparator<Claim> FIRST =
            Comparator.comparing(Claim::running).thenComparing(Claim::since).thenComparing(Claim::service);

    /**
     * @param running false when its virtual machine has been stopped: it is before all that were not
     * @param since when it came into its state
     */
    private record Claim(Boolean running, Instant since, String service) {}

    private RelocationTurn() {}

    /**
     * What comes first, for people; empty when this service may go on.
     *
     * @param all the services, with this one or without it
     */
    static String before(ApplicationService service, List<ApplicationService> all) {
        Optional<Claim> own = claim(service);
        return all.stream()
                .filter(other -> !other.getMetadata()
                        .getUid()
                        .equals(service.getMetadata().getUid()))
                .filter(other -> claim(other)
                        .filter(claim -> own.isEmpty() || FIRST.compare(claim, own.get()) < 0)
                        .isPresent())
                .findFirst()
                .map(other -> "A virtual machine of the service (%s/%s) is being relocated first."
                        .formatted(
                                other.getMetadata().getNamespace(),
                                other.getMetadata().getName()))
                .orElse("");
    }

    private static Optional<Claim> claim(ApplicationService service) {
        return service.getStatus() == null
                ? Optional.empty()
                : service.getStatus().relocations().stream()
                        .filter(Relocations::isUnderWay)
                        .findFirst()
                        .map(entry -> claim(service, entry));
    }

    private static Claim claim(ApplicationService service, ServiceRelocation entry) {
        Instant since = entry.steps().isEmpty()
                ? entry.ordered()
                : entry.steps().getLast().time();
        return new Claim(
                entry.state() == RelocationState.STOPPING || entry.state() == RelocationState.PREPARING,
                since,
                service.getMetadata().getUid());
    }
}
