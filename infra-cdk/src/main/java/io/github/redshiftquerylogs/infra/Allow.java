package io.github.redshiftquerylogs.infra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Permissions pinned to the stack's Region: {@code aws:RequestedRegion} is set in each statement.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
final class Allow {

    private static final String EQUALS = "StringEquals";

    private Allow() {}

    static PolicyStatement of(String sid, List<String> actions, List<String> resources) {
        return of(sid, actions, resources, Map.of());
    }

    /** @param conditions operator to key to value, beside the Region's */
    static PolicyStatement of(
            String sid, List<String> actions, List<String> resources, Map<String, Map<String, Object>> conditions) {
        Map<String, Object> all = new HashMap<>(conditions);
        Map<String, Object> equals = new HashMap<>(conditions.getOrDefault(EQUALS, Map.of()));
        equals.put("aws:RequestedRegion", Aws.REGION);
        all.put(EQUALS, equals);
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(new ArrayList<>(actions))
                .resources(new ArrayList<>(resources))
                .conditions(all)
                .build();
    }

    /** A condition of one key. */
    static Map<String, Map<String, Object>> when(String operator, String key, Object value) {
        return Map.of(operator, Map.of(key, value));
    }
}
