package dev.drover.constraint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The value of the annotation {@link #ANNOTATION} on launcher pods, which says whose native terms a pod carries: {@code uid=Kind/namespace/name}, separated by commas; the cluster kind has an
 * empty namespace. Sorted, so that equal lists are equal texts.
 */
public final class RuleList {
    public static final String ANNOTATION = "drover.dev/rules";

    private static final int MAX_CHARACTERS = 8_192;
    private static final int UID_LENGTH = 36;

    private RuleList() {}

    /** Names are dropped before uids when the text would exceed 8,192 characters, and the last uids after that. */
    public static String write(Collection<ConstraintId> rules) {
        TreeSet<ConstraintId> sorted = new TreeSet<>(rules);
        String text = String.join(",", sorted.stream().map(RuleList::entry).toList());
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        return String.join(
                ",",
                sorted.stream()
                        .map(ConstraintId::uid)
                        .limit(MAX_CHARACTERS / (UID_LENGTH + 1))
                        .toList());
    }

    /** The other way; an entry without names has empty ones. What is not such a list is skipped: anyone may write annotations. */
    public static List<ConstraintId> read(String text) {
        List<ConstraintId> rules = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            parse(entry.strip()).ifPresent(rules::add);
        }
        return List.copyOf(rules);
    }

    private static String entry(ConstraintId rule) {
        return rule.uid() + "=" + rule.kind() + "/" + rule.namespace() + "/" + rule.name();
    }

    private static Optional<ConstraintId> parse(String entry) {
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        int split = entry.indexOf('=');
        if (split < 0) {
            return Optional.of(new ConstraintId("", "", "", entry));
        }
        String[] names = entry.substring(split + 1).split("/", -1);
        return names.length == 3 && split > 0
                ? Optional.of(new ConstraintId(names[0], names[1], names[2], entry.substring(0, split)))
                : Optional.empty();
    }
}
