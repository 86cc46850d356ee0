package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.GeneratedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RbacTest {

    private static final List<JsonNode> OBJECTS = new Chart(4).objects(ChartValues.ALL_FEATURES);
    private static final Rbac RBAC = Rbac.of(OBJECTS);

    /** What each role is for and which value of the chart gives it; in the order of the document. */
    private static final Map<String, String> PURPOSES = new LinkedHashMap<>();

    static {
        PURPOSES.put("drover-observe", "Observe: what is there. Always.");
        PURPOSES.put("drover-recommend", "Recommend: Drover's own kinds, their statuses and events. Always.");
        PURPOSES.put("drover-leader-election", "The lease of the leader. Always.");
        PURPOSES.put(
                "drover-live-moves",
                "Live moves: `features.liveMoves: Enabled`. Pods are deleted only to end a migration that hangs.");
        PURPOSES.put(
                "drover-services",
                "Application services: `features.services: Enabled`. The virtual machines of their templates, and no others.");
        PURPOSES.put(
                "drover-disk-copies",
                "Copies of disks that only one node reaches: `features.diskCopies: Enabled`, which the plain manifests do not have. Secrets are made and deleted, and not read.");
        PURPOSES.put("drover-gate", "Placement gates: `features.admission: Gate`.");
        PURPOSES.put(
                "drover-webhook-trust",
                "The authority of the webhook's certificate: `webhook.certificates.source: ExistingSecret`.");
        PURPOSES.put(
                "drover-lift-gates", "The job that runs before a release is deleted: `liftGatesOnDelete: Enabled`.");
        PURPOSES.put("drover-viewer", "People who look; part of the cluster's role view. `userRoles: Create`.");
        PURPOSES.put(
                "drover-editor",
                "People who write rules and profiles of their namespaces; part of edit and admin. `userRoles: Create`.");
        PURPOSES.put(
                "drover-approver", "People who approve plans; bind it with a ClusterRoleBinding. `userRoles: Create`.");
    }

    @Test
    void noRoleHasAWildcardOrSecretsOrEvictsOrWritesWhatOthersOwn() {
        assertThat(RBAC.roles()).isNotEmpty();
        for (Rbac.Role role : RBAC.roles()) {
            for (Rbac.Rule rule : role.rules()) {
                assertThat(rule.groups()).as(role.name()).isNotEmpty().doesNotContain("*");
                assertThat(rule.verbs())
                        .as(role.name())
                        .isNotEmpty()
                        .doesNotContain("*", "deletecollection", "escalate", "bind", "impersonate");
                assertThat(rule.resources())
                        .as(role.name())
                        .isNotEmpty()
                        .noneMatch(resource -> resource.contains("*"))
                        .doesNotContain("pods/eviction", "pods/exec", "roles", "clusterroles");
                if (rule.resources().contains("secrets")) {
                    assertThat(rule.verbs()).as(role.name()).containsExactly("create", "delete");
                }
            }
        }
        assertThat(RBAC.operatorMay("virtualmachines"))
                .containsExactlyInAnyOrder("get", "list", "watch", "create", "patch", "delete");
        assertThat(RBAC.operatorMay("virtualmachineinstances")).containsExactlyInAnyOrder("get", "list", "watch");
        assertThat(RBAC.operatorMay("nodes")).containsExactlyInAnyOrder("get", "list", "watch");
    }

    @Test
    void everyRoleOfTheOperatorIsBoundToIt() {
        List<String> bound = new ArrayList<>();
        for (String kind : List.of("ClusterRoleBinding", "RoleBinding")) {
            for (JsonNode binding : Chart.ofKind(OBJECTS, kind)) {
                assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo(Chart.NAMESPACE);
                bound.add(binding.at("/roleRef/name").asText() + " to "
                        + binding.at("/subjects/0/name").asText());
            }
        }
        assertThat(bound)
                .containsExactlyInAnyOrder(
                        "drover-observe to drover",
                        "drover-recommend to drover",
                        "drover-leader-election to drover",
                        "drover-live-moves to drover",
                        "drover-services to drover",
                        "drover-disk-copies to drover",
                        "drover-gate to drover",
                        "drover-webhook-trust to drover",
                        "drover-lift-gates to drover-lift-gates");
    }

    @Test
    @Tag("generated")
    void theReferenceIsWhatTheChartRenders() {
        assertThat(RBAC.roles()).extracting(Rbac.Role::name).containsExactlyInAnyOrderElementsOf(PURPOSES.keySet());
        GeneratedFiles.check(Path.of("docs/reference"), Map.of("rbac.md", reference()));
    }

    private static String reference() {
        StringBuilder text = new StringBuilder(
                """
                # Rights

                What the chart and the plain manifests grant, role by role; generated from the chart. No role has a wildcard, none reads Secrets,
                none evicts, and none writes a VirtualMachineInstance or a Node. Only drover-services writes VirtualMachines: those that Drover
                makes of the templates of an ApplicationService.
                """);
        PURPOSES.forEach((name, purpose) -> RBAC.roles().stream()
                .filter(role -> role.name().equals(name))
                .forEach(role -> append(text, role, purpose)));
        return text.toString();
    }

    private static void append(StringBuilder text, Rbac.Role role, String purpose) {
        text.append("\n## ").append(role.name()).append("\n\n").append(purpose);
        text.append(" Scope: ").append(role.scope()).append(".\n\n");
        text.append("| API group | resources | verbs |\n|---|---|---|\n");
        for (Rbac.Rule rule : role.rules()) {
            String groups = String.join(", ", rule.groups());
            text.append("| ").append(groups.isEmpty() ? "core" : groups);
            text.append(" | ").append(String.join(", ", rule.resources()));
            if (!rule.names().isEmpty()) {
                text.append(" (only ").append(String.join(", ", rule.names())).append(')');
            }
            text.append(" | ").append(String.join(", ", rule.verbs())).append(" |\n");
        }
    }
}
