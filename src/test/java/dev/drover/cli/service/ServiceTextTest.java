package dev.drover.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a person reads at three in the morning. */
class ServiceTextTest {
    private static final String SHOP =
            """
            apiVersion: drover.dev/v1alpha1
            kind: ApplicationService
            metadata: {name: shop, namespace: sales}
            spec:
              supervision: VirtualMachine
              applications:
              - {name: db, virtualMachines: {selector: {matchLabels: {app: db}}}}
              - {name: cache, virtualMachines: {selector: {matchLabels: {app: cache}}}}
              - name: web
                virtualMachines: {selector: {matchLabels: {app: web}}}
                dependsOn: [{application: db, delaySeconds: 10}, {application: cache, until: Running}]
              - name: mail
                virtualMachines: {selector: {matchLabels: {app: mail}}}
                dependsOn: [{application: db}]
              - name: edge
                virtualMachines: {selector: {matchLabels: {app: edge}}}
                dependsOn: [{application: web}]
            """;

    private static final String STATUS =
            """
            status:
              desiredVirtualMachines: 3
              readyVirtualMachines: 1
              required: {cpu: 1500m, memory: 4096Mi, diskIO: "500"}
              available: {cpu: 12000m, memory: 65536Mi, pods: "90"}
              conditions:
              - {type: Available, status: "False", reason: Starting, message: "1 of 3 are ready.", lastTransitionTime: "2026-01-31T12:00:00Z"}
              - {type: Ready, status: "False", reason: Starting, message: "The application (web) waits.", lastTransitionTime: "2026-01-31T12:00:00Z"}
              applications:
              - name: db
                desired: 1
                ready: 1
                virtualMachines:
                - name: db-0
                  state: Ready
                  node: node-7
                  running: "True"
                  applicationReady: "Unknown"
                  score: 93
                  lastMove: {from: node-2, to: node-7, time: "2026-01-31T11:00:00Z", outcome: Succeeded}
              - name: web
                desired: 2
                ready: 0
                message: It waits 10 s after the application (db).
                virtualMachines:
                - {name: web-0, state: Waiting, running: "False", applicationReady: "False", message: It waits.}
            """;

    private static ApplicationService service(String yaml) {
        return Serialization.unmarshal(yaml, ApplicationService.class);
    }

    private static String printed(Consumer<ServiceText> what) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        what.accept(new ServiceText(out));
        out.flush();
        return text.toString();
    }

    @Test
    void theAnswerComesFirstThenApplicationsThenVirtualMachines() {
        assertThat(printed(text -> text.one(service(SHOP + STATUS))))
                .isEqualTo(
                        """
                        sales/shop  Running, supervised by VirtualMachine, 1/3 virtual machines ready

                        CONDITION  STATUS  REASON    MESSAGE
                        Available  False   Starting  1 of 3 are ready.
                        Ready      False   Starting  The application (web) waits.

                        APPLICATION  READY  MESSAGE
                        db           1/1    -
                        web          0/2    It waits 10 s after the application (db).

                        RESOURCE  REQUIRED  AVAILABLE
                        cpu       1500m     12000m
                        memory    4096Mi    65536Mi
                        diskIO    500       -

                        VIRTUAL MACHINE  APPLICATION  STATE    NODE    RUNNING  ANSWERS  SCORE  LAST MOVE                    MESSAGE
                        db-0             db           Ready    node-7  True     Unknown  93     node-2 to node-7, Succeeded  -
                        web-0            web          Waiting  -       False    False    -      -                            It waits.
                        """);
    }

    @Test
    void anApplicationSaysWhyItHasSoManyVirtualMachinesOrWhatHoldsTheNumber() {
        String scaling =
                "\n    scaling: {virtualMachines: 1, since: '2026-01-31T12:00:00Z', message: It begins with 1.%s}";

        assertThat(printed(text -> text.one(
                        service(SHOP + STATUS.replaceFirst("ready: 1\n", "ready: 1" + scaling.formatted("") + "\n")))))
                .contains("db           1/1    It begins with 1.");
        assertThat(printed(text -> text.one(service(SHOP
                        + STATUS.replaceFirst(
                                "ready: 1\n", "ready: 1" + scaling.formatted(", held: It is paused.") + "\n")))))
                .contains("db           1/1    It is paused.");
    }

    @Test
    void relocationsStandBelowThat() {
        String relocations =
                """
                  relocations:
                  - virtualMachine: db-0
                    ordered: "2026-01-31T12:00:00Z"
                    state: Starting
                    from: node-2
                    to: node-7
                    steps:
                    - {state: Stopping, time: "2026-01-31T12:00:01Z"}
                    - {state: Starting, time: "2026-01-31T12:00:09Z"}
                  - {virtualMachine: db-1, ordered: "2026-01-31T12:00:00Z", state: Refused, fault: NoNode, message: No other node takes it.}
                """;

        assertThat(printed(text -> text.one(service(SHOP + STATUS + relocations))))
                .endsWith(
                        """

                        RELOCATION  ORDERED               STATE     SINCE                 FROM    TO      FAULT   MESSAGE
                        db-0        2026-01-31T12:00:00Z  Starting  2026-01-31T12:00:09Z  node-2  node-7  -       -
                        db-1        2026-01-31T12:00:00Z  Refused   -                     -       -       NoNode  No other node takes it.
                        """);
    }

    @Test
    void aServiceThatNobodyReportedOnSaysSo() {
        assertThat(printed(text -> text.one(service(SHOP))))
                .isEqualTo(
                        """
                        sales/shop  Running, supervised by VirtualMachine, - virtual machines ready
                        Nothing is reported yet. Does the operator run?
                        """);
    }

    @Test
    void aListIsALineForEachService() {
        assertThat(printed(text -> text.list(List.of(service(SHOP + STATUS), service(SHOP)))))
                .isEqualTo(
                        """
                        NAMESPACE  NAME  RUN      READY  REASON    MESSAGE
                        sales      shop  Running  1/3    Starting  The application (web) waits.
                        sales      shop  Running  -      -         Nothing is reported yet. Does the operator run?
                        """);
        assertThat(printed(text -> text.list(List.of()))).startsWith("There is no service here.");
    }

    @Test
    void theGraphIsInStagesAndSaysWhatEachWaitsFor() {
        assertThat(printed(text -> text.graph(ServiceGraph.of(service(SHOP + STATUS)))))
                .isEqualTo(
                        """
                        sales/shop
                        STAGE  APPLICATION  READY  AFTER                             MESSAGE
                        1      db           1/1    -                                 -
                        1      cache        -      -                                 -
                        2      web          0/2    db is ready for 10 s, cache runs  It waits 10 s after the application (db).
                        2      mail         -      db is ready                       -
                        3      edge         -      web is ready                      -
                        """);
    }
}
