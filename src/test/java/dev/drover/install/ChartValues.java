package dev.drover.install;

import dev.drover.install.Chart.Values;
import java.util.List;

/** The sets of values that the chart is tested with: every source of certificates, features off, high availability. */
final class ChartValues {

    static final Values DEFAULTS = Values.of("as the chart comes");
    static final Values EXISTING_SECRET = Values.of(
            "a certificate that somebody brings",
            "webhook.certificates.source=ExistingSecret",
            "webhook.certificates.existingSecret.name=mine");

    /** All roles that there are. */
    static final Values ALL_FEATURES = Values.of(
            "disks may be copied",
            "features.diskCopies=Enabled",
            "webhook.certificates.source=ExistingSecret",
            "webhook.certificates.existingSecret.name=mine");

    static final Values RECOMMEND_ONLY = Values.of("no right to move anything", "features.liveMoves=Disabled");
    static final Values NO_ADMISSION = Values.of("no webhook", "features.admission=Off", "defaultPolicy.admission=Off");
    static final Values ADVISE_ONLY = Values.of("no gates", "features.admission=Advise");

    private ChartValues() {}

    static List<Values> all() {
        return List.of(
                DEFAULTS,
                EXISTING_SECRET,
                ALL_FEATURES,
                RECOMMEND_ONLY,
                NO_ADMISSION,
                ADVISE_ONLY,
                Values.of("cert-manager with an authority of its own", "webhook.certificates.source=CertManager"),
                Values.of(
                        "cert-manager with an issuer that is there",
                        "webhook.certificates.source=CertManager",
                        "webhook.certificates.certManager.issuerRef.name=corporate",
                        "webhook.certificates.certManager.issuerRef.kind=ClusterIssuer"),
                Values.of(
                        "high availability",
                        "replicas=3",
                        "priorityClassName=system-cluster-critical",
                        "tolerations:=[{\"key\":\"node-role.kubernetes.io/control-plane\",\"operator\":\"Exists\"}]",
                        "nodeSelector:={\"node-role.kubernetes.io/control-plane\":\"\"}",
                        "affinity:={\"nodeAffinity\":{}}",
                        "topologySpreadConstraints:=[{\"topologyKey\":\"topology.kubernetes.io/zone\",\"maxSkew\":1,"
                                + "\"whenUnsatisfiable\":\"DoNotSchedule\",\"labelSelector\":{\"matchLabels\":{\"app.kubernetes.io/name\":\"drover\"}}}]"),
                Values.of(
                        "monitoring and a closed network",
                        "serviceMonitor.creation=Create",
                        "serviceMonitor.labels.release=prometheus",
                        "prometheusRule.creation=Create",
                        "prometheusRule.labels.release=prometheus",
                        "networkPolicy.metricsFrom:=[{\"namespaceSelector\":{\"matchLabels\":{\"name\":\"monitoring\"}}}]",
                        "networkPolicy.egress:=[{\"ports\":[{\"port\":6443,\"protocol\":\"TCP\"}]}]"),
                Values.of(
                        "an image of one's own and settings",
                        "image.repository=registry.example.com/platform/drover",
                        "image.digest=sha256:" + "0123456789abcdef".repeat(4),
                        "imagePullSecrets:=[{\"name\":\"pull\"}]",
                        "settings:={\"CYCLE_INTERVAL\":\"30s\"}",
                        "javaOptions=-Xlog:gc",
                        "podLabels.team=platform",
                        "podAnnotations.note=one",
                        "serviceAccount.annotations.note=two"),
                Values.of(
                        "as little as can be",
                        "features.liveMoves=Disabled",
                        "features.admission=Off",
                        "defaultPolicy.creation=Skip",
                        "userRoles=Skip",
                        "liftGatesOnDelete=Disabled",
                        "podDisruptionBudget.creation=Skip",
                        "networkPolicy.creation=Skip"));
    }
}
