package io.github.redshiftquerylogs.infra.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A call to AWS, as IAM evaluates it.
 *
 * @param action such as {@code ssm:GetParameters}
 * @param resource its ARN, or {@code *} if the action does not support resource-level permissions
 * @param context condition keys, each with its values
 */
public record Call(String action, String resource, Map<String, List<String>> context) {

    /** A call without condition keys. */
    public static Call of(String action, String resource) {
        return new Call(action, resource, Map.of());
    }

    /** The same call with one more condition key. */
    public Call with(String key, String... values) {
        Map<String, List<String>> more = new HashMap<>(context);
        more.put(key, List.of(values));
        return new Call(action, resource, Map.copyOf(more));
    }
}
