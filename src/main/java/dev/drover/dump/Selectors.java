package dev.drover.dump;

import dev.drover.dump.DumpFile.SchedulingEntry;
import dev.drover.dump.DumpFile.SpreadEntry;
import dev.drover.dump.DumpFile.TermEntry;
import dev.drover.dump.DumpFile.TestEntry;
import dev.drover.dump.DumpFile.TolerationEntry;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.Toleration;
import dev.drover.model.TopologySpread;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What pods demand of their node, between the file and the model, both ways. */
final class Selectors {
    private Selectors() {}

    static @Nullable SchedulingEntry write(Scheduling scheduling) {
        if (scheduling.equals(Scheduling.FREE)) {
            return null;
        }
        return new SchedulingEntry(
                scheduling.nodeSelector(),
                scheduling.nodeTerms().stream().map(Selectors::write).toList(),
                scheduling.tolerations().stream().map(Selectors::write).toList(),
                scheduling.affinity().stream().map(Selectors::write).toList(),
                scheduling.antiAffinity().stream().map(Selectors::write).toList(),
                scheduling.spreads().stream()
                        .map(spread -> new SpreadEntry(write(spread.pods()), spread.topologyKey(), spread.maxSkew()))
                        .toList());
    }

    private static List<TestEntry> write(Selector selector) {
        return selector.requirements().stream()
                .map(test -> new TestEntry(test.key(), Words.of(test.operator()), test.values()))
                .toList();
    }

    private static TolerationEntry write(Toleration toleration) {
        Taint.Effect effect = toleration.effect();
        return new TolerationEntry(
                toleration.key().isEmpty() ? null : toleration.key(),
                toleration.exists() ? true : null,
                toleration.value().isEmpty() ? null : toleration.value(),
                effect == null ? null : Words.of(effect));
    }

    private static TermEntry write(PodTerm term) {
        boolean isNamedOnly = term.namespaceSelector().equals(Selector.NOTHING);
        return new TermEntry(
                write(term.pods()),
                term.namespaces().stream().sorted().toList(),
                isNamedOnly ? null : write(term.namespaceSelector()),
                term.topologyKey());
    }

    static Scheduling read(@Nullable SchedulingEntry entry, Place place) {
        if (entry == null) {
            return Scheduling.FREE;
        }
        List<Selector> nodeTerms = new ArrayList<>();
        place.in("nodeTerms").each(entry.nodeTerms(), (term, at) -> nodeTerms.add(selector(term, at)));
        List<Toleration> tolerations = new ArrayList<>();
        place.in("tolerations")
                .each(entry.tolerations(), (toleration, at) -> tolerations.add(toleration(toleration, at)));
        List<TopologySpread> spreads = new ArrayList<>();
        place.in("spreads").each(entry.spreads(), (spread, at) -> spreads.add(spread(spread, at)));
        return new Scheduling(
                entry.nodeSelector(),
                nodeTerms,
                tolerations,
                terms(entry.affinity(), place.in("affinity")),
                terms(entry.antiAffinity(), place.in("antiAffinity")),
                spreads);
    }

    private static List<PodTerm> terms(List<TermEntry> entries, Place place) {
        List<PodTerm> terms = new ArrayList<>();
        place.each(entries, (entry, at) -> {
            List<TestEntry> namespaces = entry.namespaceSelector();
            terms.add(new PodTerm(
                    selector(entry.pods(), at.in("pods")),
                    Set.copyOf(entry.namespaces()),
                    namespaces == null ? Selector.NOTHING : selector(namespaces, at.in("namespaceSelector")),
                    at.required(entry.topologyKey(), "topologyKey")));
        });
        return terms;
    }

    private static Selector selector(List<TestEntry> tests, Place place) {
        List<Requirement> all = new ArrayList<>();
        place.each(
                tests,
                (test, at) -> all.add(new Requirement(
                        at.required(test.key(), "key"),
                        Words.read(
                                Requirement.Operator.class,
                                at.required(test.operator(), "operator"),
                                at.in("operator")),
                        test.values())));
        return new Selector(all);
    }

    private static Toleration toleration(TolerationEntry entry, Place place) {
        return new Toleration(
                entry.key() == null ? "" : entry.key(),
                Boolean.TRUE.equals(entry.exists()),
                entry.value() == null ? "" : entry.value(),
                entry.effect() == null ? null : Words.read(Taint.Effect.class, entry.effect(), place.in("effect")));
    }

    private static TopologySpread spread(SpreadEntry entry, Place place) {
        if (entry.maxSkew() < 1) {
            throw place.in("maxSkew").wrong("must be 1 or more, and is (" + entry.maxSkew() + ")");
        }
        return new TopologySpread(
                selector(entry.pods(), place.in("pods")),
                place.required(entry.topologyKey(), "topologyKey"),
                entry.maxSkew());
    }
}
