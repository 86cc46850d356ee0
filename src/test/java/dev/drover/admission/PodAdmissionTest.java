package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pods the webhook leaves as they came, and what it refuses to read. */
class PodAdmissionTest {
    /** Pods that are admitted exactly as they came. */
    record Untouched(String outcome, World world, ObjectNode review) {
        @Override
        public String toString() {
            return outcome;
        }
    }

    static List<Untouched> untouched() {
        ObjectNode forged = World.review("web-1", "web");
        ((ObjectNode) forged.at("/request/object/metadata")).remove("ownerReferences");
        ObjectNode ofReplicaSet = World.review("web-1", "web");
        ((ObjectNode) ofReplicaSet.at("/request/object/metadata/ownerReferences/0")).put("apiVersion", "apps/v1");
        ObjectNode ownedNotControlled = World.review("web-1", "web");
        ((ObjectNode) ownedNotControlled.at("/request/object/metadata/ownerReferences/0")).remove("controller");
        ObjectNode otherPod = World.review("web-1", "web");
        ((ObjectNode) otherPod.at("/request/object/metadata/labels")).put("kubevirt.io", "hotplug-disk");
        World starting = World.shop().policy("default", AdmissionMode.GATE, "");
        starting.ready = false;
        World gate = World.shop().policy("default", AdmissionMode.GATE, "");
        return List.of(
                new Untouched("not_a_launcher", gate, forged),
                new Untouched("not_a_launcher", gate, ofReplicaSet),
                new Untouched("not_a_launcher", gate, ownedNotControlled),
                new Untouched("not_a_launcher", gate, otherPod),
                new Untouched("no_snapshot", starting, World.review("web-1", "web")),
                new Untouched("off", World.shop(), World.review("web-1", "web")),
                new Untouched(
                        "off", World.shop().policy("default", AdmissionMode.OFF, ""), World.review("web-1", "web")));
    }

    @ParameterizedTest
    @MethodSource("untouched")
    void other_pods_are_admitted_as_they_came(Untouched untouched) {
        Desk desk = new Desk(untouched.world());

        assertThat(desk.patch(untouched.review())).isEmpty();

        assertThat(desk.decisions("off", untouched.outcome())).isOne();
    }

    @ParameterizedTest(name = "policy {0}, service {1}: {2}")
    @CsvSource({
        "ADVISE, , advise",
        "GATE, , gate",
        "ADVISE, GATE, gate",
        "GATE, ADVISE, advise",
        "GATE, OFF, off",
        "OFF, GATE, off"
    })
    void what_a_service_says_wins_where_the_policy_places(
            AdmissionMode policy, @Nullable AdmissionMode service, String mode) {
        World world = World.shop().policy("default", policy, "");
        if (service != null) {
            world.service("web", service);
        }
        String patch = new Desk(world).patch(World.review("web-1", "web")).toString();

        assertThat(patch.contains("schedulingGates") ? "gate" : patch.equals("[]") ? "off" : "advise")
                .isEqualTo(mode);
    }

    @Test
    void when_the_engine_breaks_the_pod_is_admitted_as_it_came() {
        Desk desk = Desk.advising(World.shop().rule("r", "web", new Rule.Exclusive()));
        desk.inForce = snapshot -> {
            throw new IllegalStateException("broken on purpose");
        };

        assertThat(desk.patch(World.review("web-1", "web"))).isEmpty();

        assertThat(desk.decisions("off", "failed")).isOne();
    }

    @Test
    void a_pod_that_cannot_be_read_is_admitted_as_it_came() {
        Desk desk = Desk.advising(World.shop().rule("r", "web", new Rule.Spread("zone", OptionalInt.of(1))));
        ObjectNode odd = World.review("web-1", "web");
        ((ObjectNode) odd.at("/request/object")).set("spec", Json.of("{'affinity':'text','nodeSelector':[]}"));

        assertThat(desk.patch(odd)).isEmpty();
        assertThat(desk.decisions("off", "failed")).isOne();
    }

    static List<String> malformed() {
        return List.of(
                "",
                "rubbish",
                "[]",
                "null",
                "{}",
                "{\"apiVersion\":\"admission.k8s.io/v1beta1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\"}}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\"}}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\","
                        + "\"kind\":{\"kind\":\"Node\"},\"object\":{}}}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void what_is_no_review_of_a_pod_is_refused_with_a_message(String body) {
        Desk desk = Desk.advising(World.shop());

        assertThatThrownBy(() -> desk.answer(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedReview.class)
                .hasMessageMatching("(?s)The .*\\. (Send|Register) .*\\.");
        assertThat(desk.meters.counter("drover.admission.malformed").count()).isOne();
    }
}
