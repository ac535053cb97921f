package io.github.redshiftquerylogs.sandbox.aws.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import java.util.List;

/** Filters of DescribeParameters by name and type; all must match, each with one of its values. */
final class ParameterFilter {

    private ParameterFilter() {}

    static boolean matches(String name, String type, JsonNode filters) {
        for (JsonNode filter : filters) {
            String actual = switch (filter.path("Key").asText()) {
                case "Name" -> name;
                case "Type" -> type;
                default -> throw new AwsError("InvalidFilterKey", "only Name and Type are filtered by");
            };
            String option = filter.path("Option").asText("Equals");
            List<String> values = Json.strings(filter.path("Values"));
            if (values.stream().noneMatch(value -> matches(actual, option, value))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String actual, String option, String value) {
        return switch (option) {
            case "Equals" -> actual.equals(value);
            case "BeginsWith" -> actual.startsWith(value);
            case "Contains" -> actual.contains(value);
            default -> throw new AwsError("InvalidFilterOption", "no such option: " + option);
        };
    }
}
