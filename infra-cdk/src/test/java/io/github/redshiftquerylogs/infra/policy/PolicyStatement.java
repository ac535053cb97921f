package io.github.redshiftquerylogs.infra.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A statement of an identity's policy, with all values resolved.
 *
 * @param allow whether it allows or denies
 * @param actions patterns
 * @param resources patterns
 * @param conditions operator to key to values
 */
public record PolicyStatement(
        String sid,
        boolean allow,
        List<String> actions,
        List<String> resources,
        Map<String, Map<String, List<String>>> conditions) {

    /** @throws IllegalArgumentException if the statement has an element that is not known here */
    static PolicyStatement parse(JsonNode statement) {
        statement.fieldNames().forEachRemaining(element -> {
            if (!List.of("Sid", "Effect", "Action", "Resource", "Condition").contains(element)) {
                throw new IllegalArgumentException("a statement with " + element + ": " + statement);
            }
        });
        Map<String, Map<String, List<String>>> conditions = new TreeMap<>();
        statement.path("Condition").properties().forEach(operator -> {
            Map<String, List<String>> keys = new TreeMap<>();
            operator.getValue().properties().forEach(key -> keys.put(key.getKey(), texts(key.getValue())));
            conditions.put(operator.getKey(), keys);
        });
        return new PolicyStatement(
                statement.path("Sid").asText(),
                statement.path("Effect").asText().equals("Allow"),
                texts(statement.path("Action")),
                texts(statement.path("Resource")),
                conditions);
    }

    /** Whether the statement applies to a call. */
    boolean matches(Call call) {
        return actions.stream().anyMatch(action -> Wildcard.matchesIgnoringCase(action, call.action()))
                && resources.stream().anyMatch(resource -> Wildcard.matches(resource, call.resource()))
                && conditions.entrySet().stream()
                        .allMatch(operator -> operator.getValue().entrySet().stream()
                                .allMatch(key -> Condition.of(operator.getKey())
                                        .holds(key.getValue(), call.context().get(key.getKey()), call.context())));
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> texts.add(element.asText()));
        } else if (!node.isMissingNode()) {
            texts.add(node.asText());
        }
        return texts;
    }
}
