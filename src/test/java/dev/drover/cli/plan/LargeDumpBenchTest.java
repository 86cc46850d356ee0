package dev.drover.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the plan commands take for a dump of the largest size, by the processor time of all threads and by the clock. */
@Tag("bench")
class LargeDumpBenchTest {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"5000, 0", "5000, 1000"})
    void a_plan_is_shown_and_verified(int nodes, int rules) throws IOException {
        Path dump = folder.resolve("dump.json");
        Path plan = folder.resolve("plan.json");
        Files.writeString(dump, new LargeDump(nodes, rules).text());

        Files.writeString(plan, run(nodes, rules, "show", "-f", dump.toString(), "-o", "json"));

        assertThat(run(nodes, rules, "verify", "-f", plan.toString())).startsWith("valid: ");
    }

    private static String run(int nodes, int rules, String... arguments) {
        long processor = SYSTEM.getProcessCpuTime();
        long clock = System.nanoTime();
        StringWriter out = new StringWriter();
        int code = new CommandLine(new PlanCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .execute(arguments);
        System.out.printf(
                "bench plan %s nodes=%d rules=%d processor=%d ms clock=%d ms load=%.1f%n",
                arguments[0],
                nodes,
                rules,
                (SYSTEM.getProcessCpuTime() - processor) / 1_000_000,
                (System.nanoTime() - clock) / 1_000_000,
                SYSTEM.getSystemLoadAverage());
        assertThat(code).as("%s", out).isZero();
        return out.toString();
    }
}
