package dev.drover.observe;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.model.Selector;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which running virtual machine belongs to which application of which service, by the labels of its instance. */
public final class ServiceMembers {

    /** Where a virtual machine belongs. */
    public record Member(ApplicationService service, Application application) {}

    private record Claim(Selector selector, Member member) {}

    private final Map<String, List<Claim>> byNamespace = new HashMap<>();

    /** @param services oldest first: of two that select a virtual machine the older has it */
    public ServiceMembers(List<ApplicationService> services) {
        for (ApplicationService service : services) {
            for (Application application : service.getSpec().applications()) {
                Selector selector = SelectorReader.read(
                        application.members(service.getMetadata().getName()));
                byNamespace
                        .computeIfAbsent(service.getMetadata().getNamespace(), _ -> new ArrayList<>())
                        .add(new Claim(selector, new Member(service, application)));
            }
        }
    }

    /** Null when it belongs to none. */
    public @Nullable Member of(Vm vm) {
        return of(vm.id().namespace(), vm.labels());
    }

    /**
     * Null when it belongs to none.
     *
     * @param labels of its instance or its pod
     */
    public @Nullable Member of(String namespace, Map<String, String> labels) {
        for (Claim claim : byNamespace.getOrDefault(namespace, List.of())) {
            if (claim.selector().matches(labels)) {
                return claim.member();
            }
        }
        return null;
    }
}
