package dev.drover.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.bench.Report;
import dev.drover.config.SteadyClock;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.math.BigDecimal;
import java.util.Map;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a run measured, with what the process needed for it. */
final class ReportOutput {
    enum Format {
        TABLE,
        JSON
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    /** @return the exit code: 0 when the result is valid, else 1 */
    int print(Report report) {
        report.with("wallMillis", wallMillis()).with("heapMiB", peakHeapMiB());
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case JSON -> out.println(json(report.figures()));
            case TABLE -> report.figures().forEach((name, value) -> out.printf("%-24s %s%n", name, plain(value)));
        }
        out.flush();
        return report.isValid() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Since the process began. */
    private static long wallMillis() {
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        return new SteadyClock().millis() - began;
    }

    private static Object plain(Object value) {
        return value instanceof Double number ? BigDecimal.valueOf(number).toPlainString() : value;
    }

    private static String json(Map<String, Object> figures) {
        try {
            return new ObjectMapper().writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures can't be written as JSON (" + figures + ")", e);
        }
    }

    private static long peakHeapMiB() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }
}
