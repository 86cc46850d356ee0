package dev.drover.bench.btrplace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.bench.ReadingTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

class ReconfigurationReaderTest extends ReadingTest<Reconfiguration> {
    private static final String INSTANCE =
            """
            {"model":{
            "mapping":{"readyVMs":[7],"onlineNodes":{"10":{"sleepingVMs":[],"runningVMs":[5]},"11":{"runningVMs":[]}},"offlineNodes":[12]},
            "attributes":{"nodes":{"10":{"entropy_id":"N1"}},"vms":{"7":{"boot":4,"template":"small","clone":true}}},
            "views":[
            {"id":"ns","type":"vm","map":{"@VM5":5}},
            {"defConsumption":0,"nodes":{"10":20,"11":30,"12":20},"rcId":"cpu","id":"shareableResource","defCapacity":0,"vms":{"5":9,"7":3}}]},
            "constraints":[
            {"node":10,"continuous":false,"id":"online"},
            {"node":12,"continuous":false,"id":"offline"},
            {"vm":7,"continuous":false,"id":"running"},
            {"rc":"cpu","amount":12,"vm":5,"id":"preserve"},
            {"continuous":true,"id":"spread","vms":[5,7]},
            {"continuous":true,"parts":[[10],[11,12]],"id":"among","vms":[5]}],
            "objective":{"id":"minimizeMTTR"}}
            """;

    @Test
    void an_instance_is_read() throws IOException {
        Reconfiguration instance = ReconfigurationReader.read(file(INSTANCE));

        int booted = instance.vms().ids().numberOf(7);
        int running = instance.vms().ids().numberOf(5);
        int large = instance.nodes().ids().numberOf(11);
        assertThat(instance.resources()).containsExactly("cpu");
        assertThat(instance.nodes().count()).isEqualTo(3);
        assertThat(instance.nodes().online().cardinality()).isEqualTo(2);
        assertThat(instance.nodes().capacity()[large]).isEqualTo(30);
        assertThat(instance.vms().bootSeconds()[booted]).isEqualTo(4);
        assertThat(instance.vms().nodeOf()[booted]).isEqualTo(Reconfiguration.NONE);
        assertThat(instance.vms().consumption()[running]).isEqualTo(9);
        assertThat(instance.rules())
                .contains(new Rule.Running(booted), new Rule.Preserve(running, 0, 12), new Rule.Online(0))
                .hasSize(6);
        assertThat(((Rule.Among) instance.rules().get(5)).partOf()).containsExactly(0, 1, 1);
    }

    @Test
    void it_is_planned_and_the_plan_is_right() throws IOException {
        var report = BtrPlaceBench.run(file(INSTANCE), InstantSource.fixed(Instant.EPOCH));

        assertThat(report.figures())
                .containsEntry("valid", true)
                .containsEntry("relocations", 0L)
                .containsEntry("boots", 1L)
                .containsEntry("allocations", 1L)
                .containsEntry("makespan", 4L)
                .containsEntry("sumOfEnds", 4L);
    }

    @Test
    void a_cluster_without_virtual_machines_and_rules_needs_no_plan() throws IOException {
        Path file = file(
                """
                {"model":{"mapping":{"readyVMs":[],"onlineNodes":{"0":{"runningVMs":[]}},"offlineNodes":[]},"attributes":{},"views":[]},
                "constraints":[]}""");

        assertThat(BtrPlaceBench.run(file, InstantSource.fixed(Instant.EPOCH)).isValid())
                .isTrue();
    }

    @Test
    void what_cannot_be_solved_is_not_called_valid() throws IOException {
        Path file = file(INSTANCE.replace("\"11\":30", "\"11\":13")
                .replace("\"7\":3", "\"7\":10")
                .replace("[[10],[11,12]]", "[[10,11],[12]]")
                .replace("\"amount\":12", "\"amount\":20")
                .replace("\"spread\",\"vms\":[5,7]", "\"spread\",\"vms\":[]")
                .replace("\"11\":13", "\"11\":9"));

        var report = BtrPlaceBench.run(file, InstantSource.fixed(Instant.EPOCH));

        assertThat(report.isValid()).isFalse();
        assertThat(report.figures().get("breaches"))
                .asString()
                .contains("VM 5 is on node 10 at the end with too little cpu");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "truncated",
                        INSTANCE.substring(0, INSTANCE.indexOf("\"entropy_id\"")),
                        "line 3, column 30: the file ends here. Is it whole?"),
                bad("NaN", "\"cpu\",\"id\"", "NaN,\"id\"", "line 6, column 65: Non-standard token 'NaN'."),
                bad(
                        "NaN in quotes",
                        "\"5\":9",
                        "\"5\":\"NaN\"",
                        "line 6, column 120: the figure must be an integer (NaN)"),
                bad("a fraction", "\"5\":9", "\"5\":9.5", "the figure must be an integer (9.5)"),
                bad("too large", "\"5\":9", "\"5\":99999999999999999999", "the figure must be from 0 to 1000000"),
                bad(
                        "capacity 0",
                        "\"10\":20",
                        "\"10\":0",
                        "line 6, column 35: the figure must be from 1 to 1000000 (0)"),
                bad("no capacity", "\"10\":20,", "", "line 6, column 120: the view gives node 10 no cpu"),
                bad("a VM too large", "\"5\":9", "\"5\":31", "gives VM 5 more cpu (31) than the largest node has (30)"),
                bad(
                        "too much to preserve",
                        "\"amount\":12",
                        "\"amount\":31",
                        "line 11, column 47: VM 5 shall have more cpu"),
                bad(
                        "a VM twice",
                        "\"11\":{\"runningVMs\":[]",
                        "\"11\":{\"runningVMs\":[5]",
                        "line 2, column 103: VM 5 is there twice"),
                bad("a node twice", "Nodes\":[12]", "Nodes\":[10]", "line 2, column 123: node 10 is there twice"),
                bad("a figure twice", "\"11\":30", "\"10\":30", "line 6, column 38: node 10 is there twice"),
                bad("a node in two parts", "[11,12]]", "[11,10]]", "line 13, column 38: node 10 is there twice"),
                bad(
                        "a VM in two spreads",
                        "[5,7]",
                        "[5,7,5]",
                        "line 12, column 47: VM 5 is there twice, in one spread"),
                bad(
                        "an unknown rule",
                        "\"spread\"",
                        "\"fence\"",
                        "line 12, column 25: there is no such constraint (fence)"),
                bad(
                        "an unknown field",
                        "\"rc\"",
                        "\"rcid\"",
                        "line 11, column 2: constraints know no such field (rcid)"),
                bad(
                        "an unknown resource",
                        "\"rc\":\"cpu\"",
                        "\"rc\":\"gpu\"",
                        "there is no view of this resource (gpu)"),
                bad(
                        "a missing field",
                        "\"amount\":12,",
                        "",
                        "line 11, column 35: the constraint lacks its field amount"),
                bad("an unknown VM", "\"vm\":7", "\"vm\":8", "line 10, column 7: VM 8 is not in the mapping"),
                bad("an unknown node", "\"node\":10", "\"node\":1", "line 8, column 9: node 1 is not in the mapping"),
                bad("an unknown view", "\"ns\"", "\"disk\"", "line 5, column 7: there is no such view (disk)"),
                bad(
                        "discrete spread",
                        "true,\"id\":\"spread\"",
                        "false,\"id\":\"spread\"",
                        "continuous must be true (false)"),
                bad(
                        "a node to stop",
                        "12,\"continuous\":false,\"id\":\"offline\"",
                        "11,\"continuous\":false,\"id\":\"offline\"",
                        "node 11 is not offline now"),
                bad(
                        "one that sleeps",
                        "sleepingVMs\":[]",
                        "sleepingVMs\":[6]",
                        "line 2, column 63: VMs that sleep are not supported (6)"),
                bad("no list", "\"readyVMs\":[7]", "\"readyVMs\":7", "line 2, column 23: readyVMs must be a list (7)"),
                bad(
                        "no mapping",
                        "\"mapping\"",
                        "\"map\"",
                        "line 2, column 1: the mapping must be the first of the model, before map"),
                bad(
                        "rules first",
                        "{\"model\"",
                        "{\"constraints\":[],\"model\"",
                        "line 1, column 2: constraints come before the model"),
                bad("no model", INSTANCE, "{}", "line 1, column 2: there is no model"),
                bad("empty", INSTANCE, "", "line 1, column 1: the file ends here"),
                bad(
                        "more behind it",
                        "\"minimizeMTTR\"}}",
                        "\"minimizeMTTR\"}} 5",
                        "line 14, column 36: more follows the instance"));
    }

    private static Arguments bad(String what, String part, String instead, String message) {
        return Arguments.of(what, INSTANCE.replace(part, instead), message);
    }

    @Override
    protected Reconfiguration read(Path file) {
        return ReconfigurationReader.read(file);
    }
}
