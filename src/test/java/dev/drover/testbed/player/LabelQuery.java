package dev.drover.testbed.player;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A label selector as it comes in a URL: {@code a=b, c!=d, e in (f,g), h notin (i), j, !k}. */
record LabelQuery(List<Predicate<Map<String, String>>> terms) {

    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");

    static LabelQuery of(String text) {
        var terms = new ArrayList<Predicate<Map<String, String>>>();
        for (var term : COMMA_OUTSIDE_PARENTHESES.split(text)) {
            if (!term.isBlank()) {
                terms.add(term(term.trim()));
            }
        }
        return new LabelQuery(List.copyOf(terms));
    }

    boolean matches(Map<String, String> labels) {
        return terms.stream().allMatch(term -> term.test(labels));
    }

    private static Predicate<Map<String, String>> term(String term) {
        var set = SET.matcher(term);
        if (set.matches()) {
            var values =
                    Arrays.stream(set.group(3).split(",")).map(String::trim).toList();
            var key = set.group(1);
            var in = set.group(2).equals("in");
            return labels -> in
                    ? labels.containsKey(key) && values.contains(labels.get(key))
                    : !values.contains(labels.getOrDefault(key, ""));
        } else if (term.contains("!=")) {
            var sides = term.split("!=", 2);
            return labels -> !sides[1].trim().equals(labels.get(sides[0].trim()));
        } else if (term.contains("=")) {
            var sides = term.split("==?", 2);
            return labels -> sides[1].trim().equals(labels.get(sides[0].trim()));
        } else if (term.startsWith("!")) {
            return labels -> !labels.containsKey(term.substring(1).trim());
        }
        return labels -> labels.containsKey(term);
    }
}
