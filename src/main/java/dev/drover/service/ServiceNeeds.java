package dev.drover.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ConfiguredDemand;
import dev.drover.api.v1alpha1.ResourceDemand;
import dev.drover.api.v1alpha1.VirtualMachineTemplate;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the virtual machines of a service need together: what the loop tells of each, and until then what its application declares, else
 * what its template requests. What none of them says is not counted.
 */
final class ServiceNeeds {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal MEBI = BigDecimal.valueOf(1L << 20);

    private BigDecimal cpu = BigDecimal.ZERO;
    private BigDecimal memory = BigDecimal.ZERO;
    private BigDecimal network = BigDecimal.ZERO;
    private BigDecimal diskIo = BigDecimal.ZERO;

    private ServiceNeeds() {}

    static ResourceDemand of(List<Part> parts, ServiceScene scene) {
        ServiceNeeds needs = new ServiceNeeds();
        for (Part part : parts) {
            ResourceDemand stated = stated(part.application());
            for (TemplatedMachine template : part.templates()) {
                SeenMachine machine = scene.machines().get(template.name());
                needs.add(machine == null || !machine.ours() ? null : machine, stated);
            }
            if (!part.templated()) {
                part.members().forEach(machine -> needs.add(machine, stated));
            }
        }
        return needs.sum();
    }

    private void add(@Nullable SeenMachine machine, ResourceDemand stated) {
        ResourceDemand told = machine == null ? null : machine.served().demand();
        ResourceDemand need = told == null ? stated : told;
        cpu = cpu.add(amount(need.cpu()));
        memory = memory.add(amount(need.memory()));
        network = network.add(amount(need.network()));
        diskIo = diskIo.add(amount(need.diskIO()));
    }

    private ResourceDemand sum() {
        return new ResourceDemand(
                new Quantity(whole(cpu.multiply(THOUSAND)), "m"),
                new Quantity(whole(memory.divide(MEBI, 3, RoundingMode.CEILING)), "Mi"),
                network.signum() == 0 ? null : network(),
                diskIo.signum() == 0 ? null : new Quantity(whole(diskIo)));
    }

    private Quantity network() {
        BigDecimal kilo = network.divide(THOUSAND, 0, RoundingMode.CEILING);
        return kilo.remainder(THOUSAND).signum() == 0
                ? new Quantity(whole(kilo.divide(THOUSAND, 0, RoundingMode.CEILING)), "M")
                : new Quantity(whole(kilo), "k");
    }

    private static String whole(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.CEILING).toPlainString();
    }

    private static ResourceDemand stated(Application application) {
        VirtualMachineTemplate template = application.virtualMachines().template();
        ConfiguredDemand declared = application.profile();
        JsonNode domain =
                template == null ? MissingNode.getInstance() : template.spec().at("/template/spec/domain");
        JsonNode requests = domain.at("/resources/requests");
        Quantity cpu = declared == null || declared.cpu() == null ? quantity(requests.path("cpu")) : declared.cpu();
        Quantity guest = quantity(domain.at("/memory/guest"));
        Quantity requested = quantity(requests.path("memory"));
        Quantity memory = declared == null || declared.memory() == null
                ? requested == null ? guest : requested
                : declared.memory();
        return new ResourceDemand(
                cpu, memory, declared == null ? null : declared.network(), declared == null ? null : declared.diskIO());
    }

    private static @Nullable Quantity quantity(JsonNode written) {
        return written.isValueNode() ? new Quantity(written.asText()) : null;
    }

    /** A template may say anything: KubeVirt, not Drover, tells its author what it cannot read. */
    private static BigDecimal amount(@Nullable Quantity quantity) {
        if (quantity == null) {
            return BigDecimal.ZERO;
        }
        try {
            return quantity.getNumericalAmount();
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return BigDecimal.ZERO;
        }
    }
}
