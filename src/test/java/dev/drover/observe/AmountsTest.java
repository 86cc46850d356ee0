package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drover.model.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

    @ParameterizedTest(name = "{1} of {0} is {2}")
    @CsvSource({
        "cpu, 2, 2000",
        "cpu, 500m, 500",
        "cpu, 0.1, 100",
        "cpu, 123456789n, 124",
        "cpu, 0, 0",
        "memory, 1Gi, 1073741824",
        "memory, 1500M, 1500000000",
        "memory, 128974848, 128974848",
        "memory, 1e3, 1000",
        "memory, 1500m, 2",
        "pods, 250, 250",
        "devices.kubevirt.io/kvm, 1k, 1000",
        "hugepages-2Mi, 4Mi, 4194304",
    })
    void quantitiesAreReadInTheUnitOfTheirResource(String resource, String written, long expected) {
        assertThat(Amounts.read(resource, written)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} counts as the most there can be")
    @ValueSource(strings = {"1E", "1e30", "999999999Ei", "1e400"})
    void theAbsurdlyLargeIsCapped(String written) {
        assertThat(Amounts.read(Resources.MEMORY, written)).isEqualTo(Amounts.MOST);
    }

    @Test
    void theAbsurdlySmallIsRoundedUpWithoutEffort() {
        assertThat(Amounts.read(Resources.MEMORY, "1e-99999999")).isEqualTo(1);
    }

    @ParameterizedTest(name = "\"{0}\" is refused by name")
    @ValueSource(strings = {"NaN", "", "-1", "-5Gi", "lots", "1Zi", "Infinity", "1 Gi"})
    void whatIsNoAmountIsRefusedByName(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Amounts.read(Resources.MEMORY, written))
                .withMessageContaining("(" + written + ")")
                .withMessageContaining("memory");
    }

    @Test
    void aMapOfQuantitiesBecomesResources() {
        assertThat(Amounts.read(Map.of("cpu", "1500m", "memory", "2Gi", "pods", "1")))
                .isEqualTo(Resources.of(1500, 2L << 30).with(Resources.PODS, 1));
    }
}
