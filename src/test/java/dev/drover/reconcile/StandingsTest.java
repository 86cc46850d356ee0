package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ActionWindow;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.Automation;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.api.v1alpha1.Relocation;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.api.v1alpha1.VirtualMachineProfileSpec;
import dev.drover.api.v1alpha1.VirtualMachineTarget;
import dev.drover.kubevirt.KubeVirtState;
import dev.drover.model.Migration;
import dev.drover.model.Migration.Phase;
import dev.drover.model.Vm;
import dev.drover.observe.PolicyReader;
import dev.drover.placement.World;
import dev.drover.plan.History;
import dev.drover.plan.History.End;
import dev.drover.reconcile.Standing.Extent;
import dev.drover.status.GateReason;
import dev.drover.status.MachineReason;
import dev.drover.status.ObjectReason;
import dev.drover.status.Reason;
import dev.drover.status.ServiceReason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be done with the virtual machine web, which runs on n1 (P1, P3, P6, P7). */
class StandingsTest {
    private static final Instant NOW = World.NOW;
    private static final PlacementPolicy POLICY = Policies.standard(PolicyMode.AUTOMATIC);
    private static final KubeVirtState UPDATING = new KubeVirtState(true, "v1.9.0", true, true, 5, 2, Map.of(), "");

    record Case(
            String story, Situation situation, PlacementPolicy policy, History history, Extent extent, Reason reason) {
        @Override
        public String toString() {
            return story;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                free("nothing is against it", Situation.of(world())),
                fixed("P1: it is being started", Situation.of(world().stopped("web")), MachineReason.STARTING),
                fixed(
                        "P1: somebody migrates it",
                        Situation.of(world()).with(migration(Phase.PENDING)),
                        MachineReason.MIGRATING),
                fixed(
                        "P1: a phase of a newer KubeVirt",
                        Situation.of(world()).with(migration(Phase.UNKNOWN)),
                        MachineReason.MIGRATING),
                fixed(
                        "P1: a migration was ordered that no watch shows yet",
                        Situation.of(world().moving("web", "n2")),
                        MachineReason.MIGRATING),
                free("an ended migration is no obstacle", Situation.of(world()).with(migration(Phase.FAILED))),
                free("its own pod is no obstacle", Situation.of(world().launcher("web", "n1"))),
                fixed(
                        "an earlier migration left a pod on another node",
                        Situation.of(world().launcher("web", "n1").launcher("web", "n2")),
                        MachineReason.POD_LEFT_BEHIND),
                free(
                        "a pod is left of another one",
                        Situation.of(world().vm("worker", "n1", 1_000).launcher("worker", "n2"))),
                fixed(
                        "P3: KubeVirt says that it cannot move live",
                        Situation.of(world().notLive("web")),
                        MachineReason.NOT_LIVE_MIGRATABLE),
                fixed(
                        "its profile has automation Off",
                        Situation.of(world()).with("web", profile(Automation.OFF, null, null)),
                        MachineReason.AUTOMATION_OFF),
                fixed(
                        "its profile has relocation Never",
                        Situation.of(world()).with("web", profile(null, Relocation.NEVER, null)),
                        MachineReason.RELOCATION_NEVER),
                fixed(
                        "P7: its service is paused",
                        Situation.of(World.ofNodes(2).vm("web", "n1", 1_000, "app=web"))
                                .with(service("management: Paused", "relocation: Inherit")),
                        ServiceReason.SERVICE_PAUSED),
                fixed(
                        "its application has relocation Never",
                        Situation.of(World.ofNodes(2).vm("web", "n1", 1_000, "app=web"))
                                .with(service("management: Active", "relocation: Never")),
                        MachineReason.RELOCATION_NEVER),
                free(
                        "another service is paused",
                        Situation.of(world()).with(service("management: Paused", "relocation: Never"))),
                rests(
                        "P7: KubeVirt is being updated",
                        Situation.of(world()).with(UPDATING),
                        History.EMPTY,
                        GateReason.KUBE_VIRT_UPDATING),
                rests("P6: it moved not long ago", Situation.of(world()), moved(1), MachineReason.COOLDOWN),
                free("P6: its cooldown is over", Situation.of(world()).at(NOW.plus(Duration.ofMinutes(20))), moved(1)),
                rests(
                        "P6: it moved four times today",
                        Situation.of(world()).at(NOW.plus(Duration.ofHours(2))),
                        moved(4),
                        MachineReason.DAILY_LIMIT),
                free(
                        "P6: it moved four times, but not today",
                        Situation.of(world()).at(NOW.plus(Duration.ofHours(30))),
                        moved(4)),
                rests(
                        "P6: its profile allows fewer moves than the policy",
                        Situation.of(world()).at(NOW.plus(Duration.ofHours(2))).with("web", profile(null, null, 1)),
                        moved(1),
                        MachineReason.DAILY_LIMIT),
                rests(
                        "P6: its profile cannot allow more moves than the policy",
                        Situation.of(world()).at(NOW.plus(Duration.ofHours(2))).with("web", profile(null, null, 10)),
                        moved(4),
                        MachineReason.DAILY_LIMIT),
                new Case(
                        "P7: no window is open",
                        Situation.of(world()),
                        Policies.standard(
                                PolicyMode.AUTOMATIC, Policies.during(new ActionWindow("0 12 * * *", 60, "UTC"))),
                        History.EMPTY,
                        Extent.REPAIR,
                        GateReason.OUTSIDE_WINDOW));
    }

    private static ApplicationService service(String members, String ofApplication) {
        ApplicationService service = new KubernetesSerialization()
                .unmarshal(
                        """
                        metadata: {name: shop}
                        spec:
                          %s
                          applications: [{name: web, %s, virtualMachines: {selector: {matchLabels: {app: web}}}}]
                        """
                                .formatted(members, ofApplication),
                        ApplicationService.class);
        service.getMetadata().setNamespace(World.id("web").namespace());
        return service;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_obstacle_has_its_reason(Case given) {
        Standing standing = standing(given);

        assertThat(standing.extent()).isEqualTo(given.extent());
        assertThat(standing.reason()).isEqualTo(given.reason());
        assertThat(standing.message().isEmpty()).isEqualTo(given.extent() == Extent.ALL);
        assertThat(standing.mayBalance()).isEqualTo(given.extent() == Extent.ALL);
        assertThat(standing.mayRepair()).isEqualTo(given.extent() != Extent.NONE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_profile_can_ask_for_a_person_but_never_lift_an_obstacle(Case given) {
        if (given.situation().snapshot().profileOf().isEmpty()) {
            Standing asking = standing(new Case(
                    given.story(),
                    given.situation().with("web", profile(Automation.RECOMMEND, null, null)),
                    given.policy(),
                    given.history(),
                    given.extent(),
                    given.reason()));

            assertThat(asking.extent()).isEqualTo(given.extent());
            assertThat(asking.byApproval())
                    .as("also while it cannot be moved: a plan about it must not be approved by the policy meanwhile")
                    .isTrue();
        }
    }

    private static Standing standing(Case given) {
        Vm web = given.situation().snapshot().cluster().vms().getFirst();
        Histories histories = new Histories();
        histories.record(web, given.history());
        return new Standings(given.situation().snapshot(), histories, PolicyReader.read(given.policy()), given.policy())
                .of(web);
    }

    private static Case free(String story, Situation situation) {
        return free(story, situation, History.EMPTY);
    }

    private static Case free(String story, Situation situation, History history) {
        return new Case(story, situation, POLICY, history, Extent.ALL, ObjectReason.RECONCILED);
    }

    private static Case fixed(String story, Situation situation, Reason reason) {
        return new Case(story, situation, POLICY, History.EMPTY, Extent.NONE, reason);
    }

    private static Case rests(String story, Situation situation, History history, Reason reason) {
        return new Case(story, situation, POLICY, history, Extent.REPAIR, reason);
    }

    private static World world() {
        return World.ofNodes(2).vm("web", "n1", 1_000);
    }

    private static History moved(int times) {
        History history = History.EMPTY;
        for (int i = 0; i < times; i++) {
            history = history.record(
                    new History.Entry(
                            "migration-" + i,
                            "n2",
                            "n1",
                            NOW,
                            Duration.ofSeconds(10),
                            End.SUCCEEDED,
                            History.Author.DROVER,
                            null,
                            ""),
                    new History.Pauses(Duration.ofMinutes(15), Duration.ofMinutes(1)));
        }
        return history;
    }

    private static Migration migration(Phase phase) {
        return new Migration("by-hand", "uid", World.id("web"), phase, "n1", null, false, null, NOW, NOW, "");
    }

    private static VirtualMachineProfile profile(
            @Nullable Automation automation, @Nullable Relocation relocation, @Nullable Integer perDay) {
        VirtualMachineProfile profile = new VirtualMachineProfile();
        profile.setMetadata(new ObjectMetaBuilder()
                .withName("careful")
                .withNamespace(World.NAMESPACE)
                .build());
        profile.setSpec(new VirtualMachineProfileSpec(
                new VirtualMachineTarget("web", null), automation, relocation, perDay, null));
        return profile;
    }
}
