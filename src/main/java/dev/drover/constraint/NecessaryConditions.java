package dev.drover.constraint;

import dev.drover.constraint.CompiledRules.Cap;
import dev.drover.constraint.CompiledRules.Separation;
import dev.drover.constraint.CompiledRules.Skew;
import dev.drover.constraint.CompiledRules.Together;
import dev.drover.constraint.Feasibility.Verdict.Impossible;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cheap reasons why constraints cannot hold, each certain by itself. That none is found proves nothing. */
final class NecessaryConditions {
    private final Lookup lookup;
    private final CompiledRules rules;
    private final BitSet[] options;

    /** @param options by virtual machine: the nodes that it may be on */
    NecessaryConditions(Lookup lookup, CompiledRules rules, BitSet[] options) {
        this.lookup = lookup;
        this.rules = rules;
        this.options = options;
    }

    Optional<Impossible> broken() {
        return Stream.<Stream<Optional<Impossible>>>of(
                        Stream.of(everyoneHasANode()),
                        rules.togethers().stream().map(this::oneDomainForAll),
                        rules.caps().stream().map(this::roomForThoseWhoMust),
                        rules.skews().stream().map(this::levelEnough),
                        rules.separations().stream().map(this::aDomainForEach))
                .flatMap(conditions -> conditions)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Impossible> everyoneHasANode() {
        BitSet stuck = only(all(options.length), vm -> options[vm].isEmpty());
        return stuck.isEmpty()
                ? Optional.empty()
                : Optional.of(impossible("no node is left for " + names(stuck), stuck));
    }

    private Optional<Impossible> oneDomainForAll(Together rule) {
        BitSet everywhere = only(all(rule.domainOf().length), node -> rule.domainOf()[node] >= 0);
        BitSet members = only(rule.members(), vm -> isWithin(options[vm], everywhere));
        BitSet common = new BitSet();
        common.set(0, domainCount(rule.domainOf()));
        members.stream().forEach(vm -> common.and(domains(rule.domainOf(), vm)));
        return rule.max() > 1 || members.isEmpty() || !common.isEmpty()
                ? Optional.empty()
                : Optional.of(impossible("no domain is open to all of " + names(members), members));
    }

    /** Those who can be nowhere else must fit, in each domain and in all together. */
    private Optional<Impossible> roomForThoseWhoMust(Cap rule) {
        BitSet[] must = confined(rule.domainOf(), rule.members(), rule.max().length);
        for (int domain = 0; domain < must.length; domain++) {
            if (must[domain].intersects(rule.binding())) {
                Optional<Impossible> full = room(rule, must[domain], rule.max()[domain]);
                if (full.isPresent()) {
                    return full;
                }
            }
        }
        BitSet anywhere = only(all(rule.domainOf().length), node -> rule.domainOf()[node] >= 0);
        boolean isLimitedEverywhere = rule.binding().equals(rule.members());
        return isLimitedEverywhere
                ? room(rule, only(rule.members(), vm -> isWithin(options[vm], anywhere)), saturatedSum(rule.max()))
                : Optional.empty();
    }

    /** By domain: those who can be in no other and nowhere else. */
    private BitSet[] confined(int[] domainOf, BitSet members, int domains) {
        BitSet[] confined = new BitSet[domains];
        Arrays.setAll(confined, domain -> new BitSet());
        for (int vm = members.nextSetBit(0); vm >= 0; vm = members.nextSetBit(vm + 1)) {
            int first = options[vm].nextSetBit(0);
            int domain = first < 0 ? -1 : domainOf[first];
            if (domain >= 0 && isWithin(options[vm], domainOf, domain)) {
                confined[domain].set(vm);
            }
        }
        return confined;
    }

    private static boolean isWithin(BitSet nodes, int[] domainOf, int domain) {
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            if (domainOf[node] != domain) {
                return false;
            }
        }
        return true;
    }

    /** Somebody may well write the largest number there is for "no limit". */
    private static long saturatedSum(long[] amounts) {
        long sum = 0;
        for (long amount : amounts) {
            // A domain that is over its limit takes no room from the others.
            long room = Math.max(0, amount);
            sum = room > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + room;
        }
        return sum;
    }

    private Optional<Impossible> room(Cap rule, BitSet must, long max) {
        long sum = must.stream().mapToLong(vm -> rule.weightOf()[vm]).sum();
        return sum <= max
                ? Optional.empty()
                : Optional.of(impossible(
                        names(must) + " need (" + sum + ") where at most (" + max + ") may be, by "
                                + rule.origin().title(),
                        must));
    }

    /** The fullest domain holds at least those who can be in no other, the emptiest at most those who can be in it. */
    private Optional<Impossible> levelEnough(Skew rule) {
        int domains = domainCount(rule.domainOf());
        BitSet[] must = confined(rule.domainOf(), rule.members(), domains);
        int[] can = new int[domains];
        rule.members().stream()
                .forEach(vm -> domains(rule.domainOf(), vm).stream().forEach(domain -> can[domain]++));
        int fewest = Integer.MAX_VALUE;
        int most = 0;
        BitSet fixed = new BitSet();
        for (int domain : Arrays.stream(rule.domainOf())
                .filter(one -> one >= 0)
                .distinct()
                .sorted()
                .toArray()) {
            fewest = Math.min(fewest, can[domain]);
            if (must[domain].cardinality() > most) {
                most = must[domain].cardinality();
                fixed = must[domain];
            }
        }
        return most == 0 || most - fewest <= rule.maxSkew()
                ? Optional.empty()
                : Optional.of(impossible(
                        "(" + most + ") must be in one domain, and at most (" + fewest + ") can be in another", fixed));
    }

    private Optional<Impossible> aDomainForEach(Separation rule) {
        BitSet each = (BitSet) rule.holders().clone();
        each.and(rule.members());
        List<BitSet> wanted =
                each.stream().mapToObj(vm -> domains(rule.domainOf(), vm)).toList();
        BitSet reachable = new BitSet();
        wanted.forEach(reachable::or);
        return Matching.isComplete(wanted)
                ? Optional.empty()
                : Optional.of(impossible(
                        "each needs a domain of its own, and the nodes that they may use are in too few, ("
                                + reachable.cardinality() + ") at most: " + names(each),
                        each));
    }

    private static BitSet all(int count) {
        BitSet all = new BitSet();
        all.set(0, count);
        return all;
    }

    private static BitSet only(BitSet vms, IntPredicate predicate) {
        BitSet result = new BitSet();
        vms.stream().filter(predicate).forEach(result::set);
        return result;
    }

    private static boolean isWithin(BitSet some, BitSet all) {
        BitSet rest = (BitSet) some.clone();
        rest.andNot(all);
        return rest.isEmpty();
    }

    private BitSet domains(int[] domainOf, int vm) {
        BitSet domains = new BitSet();
        options[vm].stream()
                .map(node -> domainOf[node])
                .filter(domain -> domain >= 0)
                .forEach(domains::set);
        return domains;
    }

    private static int domainCount(int[] domainOf) {
        return Arrays.stream(domainOf).max().orElse(-1) + 1;
    }

    private Impossible impossible(String why, BitSet vms) {
        return new Impossible(
                why,
                vms.stream().mapToObj(vm -> lookup.cluster.vms().get(vm).id()).toList());
    }

    /** The first few by name, and how many more. */
    private String names(BitSet vms) {
        int shown = 5;
        String names = vms.stream()
                .limit(shown)
                .mapToObj(vm -> lookup.cluster.vms().get(vm).id().toString())
                .collect(Collectors.joining(", "));
        int more = vms.cardinality() - shown;
        return more > 0 ? names + " and " + more + " more" : names;
    }
}
