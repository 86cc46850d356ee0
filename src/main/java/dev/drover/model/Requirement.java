package dev.drover.model;

import java.util.List;
import java.util.Map;

/**
 * One test of a label map, with the meaning that Kubernetes gives it: {@code NOT_IN} and {@code DOES_NOT_EXIST} hold when
 * the key is absent; {@code GREATER_THAN} and {@code LESS_THAN} compare whole numbers and hold only when both parse.
 */
public record Requirement(String key, Operator operator, List<String> values) {
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST,
        GREATER_THAN,
        LESS_THAN
    }

    public Requirement {
        values = List.copyOf(values);
    }

    public static Requirement in(String key, String... values) {
        return new Requirement(key, Operator.IN, List.of(values));
    }

    public static Requirement notIn(String key, String... values) {
        return new Requirement(key, Operator.NOT_IN, List.of(values));
    }

    public boolean matches(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            case GREATER_THAN -> value != null && !values.isEmpty() && compare(value, values.getFirst()) > 0;
            case LESS_THAN -> value != null && !values.isEmpty() && compare(value, values.getFirst()) < 0;
        };
    }

    /** The test that holds exactly when this one does not; only for the operators of label selectors. */
    public Requirement negated() {
        return switch (operator) {
            case IN -> new Requirement(key, Operator.NOT_IN, values);
            case NOT_IN -> new Requirement(key, Operator.IN, values);
            case EXISTS -> new Requirement(key, Operator.DOES_NOT_EXIST, values);
            case DOES_NOT_EXIST -> new Requirement(key, Operator.EXISTS, values);
            case GREATER_THAN, LESS_THAN ->
                throw new IllegalArgumentException("The operator (" + operator + ") of the requirement on (" + key
                        + ") has no opposite. Use In, NotIn, Exists or DoesNotExist.");
        };
    }

    private static int compare(String left, String right) {
        try {
            return Long.compare(Long.parseLong(left), Long.parseLong(right));
        } catch (NumberFormatException notNumbers) {
            return 0;
        }
    }
}
