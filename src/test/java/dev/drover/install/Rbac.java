package dev.drover.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** The rights that a rendered chart gives away. */
record Rbac(List<Role> roles) {

    /** @param scope "cluster", or the namespace that it holds in */
    record Role(String name, String scope, List<Rule> rules) {}

    /** @param names the only objects it is about; empty: all */
    record Rule(List<String> groups, List<String> resources, List<String> names, List<String> verbs) {}

    /** The roles of people and of the removal are not the operator's. */
    private static final Set<String> OF_OTHERS =
            Set.of("drover-viewer", "drover-editor", "drover-approver", "drover-lift-gates");

    static Rbac of(List<JsonNode> objects) {
        List<Role> roles = new ArrayList<>();
        for (JsonNode object : objects) {
            String kind = object.path("kind").asText();
            if (kind.equals("ClusterRole") || kind.equals("Role")) {
                roles.add(new Role(
                        object.at("/metadata/name").asText(),
                        object.at("/metadata/namespace").asText("").isEmpty() ? "cluster" : "own namespace",
                        rules(object)));
            }
        }
        roles.sort(Comparator.comparing(Role::name));
        return new Rbac(List.copyOf(roles));
    }

    private static List<Rule> rules(JsonNode role) {
        return StreamSupport.stream(role.path("rules").spliterator(), false)
                .map(rule -> new Rule(
                        texts(rule.path("apiGroups")),
                        texts(rule.path("resources")),
                        texts(rule.path("resourceNames")),
                        texts(rule.path("verbs"))))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Everything that the operator may do, all its roles together: "GROUP/RESOURCE VERB". */
    SortedSet<String> operatorsRights() {
        return rights(role -> !OF_OTHERS.contains(role.name()));
    }

    /** What one role allows. */
    SortedSet<String> rights(String name) {
        return rights(role -> role.name().equals(name));
    }

    private SortedSet<String> rights(Predicate<Role> wanted) {
        SortedSet<String> rights = new TreeSet<>();
        for (Role role : roles) {
            for (Rule rule : wanted.test(role) ? role.rules() : List.<Rule>of()) {
                for (String group : rule.groups()) {
                    for (String resource : rule.resources()) {
                        rule.verbs().forEach(verb -> rights.add(right(group, resource, verb)));
                    }
                }
            }
        }
        return rights;
    }

    static String right(String group, String resource, String verb) {
        return (group.isEmpty() ? "core" : group) + "/" + resource + " " + verb;
    }

    /** What the operator may do with a resource, all its roles together. */
    Set<String> operatorMay(String resource) {
        Set<String> verbs = new TreeSet<>();
        for (Role role : roles) {
            if (!OF_OTHERS.contains(role.name())) {
                role.rules().stream()
                        .filter(rule -> rule.resources().contains(resource))
                        .forEach(rule -> verbs.addAll(rule.verbs()));
            }
        }
        return verbs;
    }
}
