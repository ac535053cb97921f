package io.github.redshiftquerylogs.infra.rights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * A statement that allows actions.
 *
 * @param statement the statement
 * @param targets its resources
 */
public record Allow(PolicyStatement statement, List<Target> targets) {

    private static final String EQUALS = "StringEquals";

    /** Allows the actions in the stack's Region only; without further conditions. */
    public static Allow of(String sid, List<String> actions, List<Target> targets) {
        return of(sid, actions, targets, Map.of());
    }

    /**
     * Allows the actions in the stack's Region only: adds {@code aws:RequestedRegion} to the conditions.
     * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
     *
     * @param conditions operator to key to value
     */
    public static Allow of(
            String sid, List<String> actions, List<Target> targets, Map<String, Map<String, Object>> conditions) {
        Map<String, Map<String, Object>> all = new HashMap<>(conditions);
        Map<String, Object> equals = new HashMap<>(conditions.getOrDefault(EQUALS, Map.of()));
        equals.put("aws:RequestedRegion", Aws.REGION);
        all.put(EQUALS, equals);
        return inAnyRegion(sid, actions, targets, all);
    }

    /** For actions whose requests have no Region, or any. */
    public static Allow inAnyRegion(
            String sid, List<String> actions, List<Target> targets, Map<String, Map<String, Object>> conditions) {
        PolicyStatement statement = PolicyStatement.Builder.create()
                .sid(sid)
                .actions(new ArrayList<>(actions))
                .resources(targets.stream().map(Target::arn).toList())
                .conditions(conditions)
                .build();
        return new Allow(statement, List.copyOf(targets));
    }

    /**
     * Allows to ask for the Region of a bucket. S3 answers this in any Region, also in us-east-1 for a bucket elsewhere,
     * so the requested Region is not restricted.
     */
    public static Allow locate(IBucket bucket) {
        return inAnyRegion(
                "LocateBucket", List.of("s3:GetBucketLocation"), List.of(Target.of(bucket.getBucketArn())), Map.of());
    }

    /** A condition with one key. */
    public static Map<String, Map<String, Object>> when(String operator, String key, Object value) {
        return Map.of(operator, Map.of(key, value));
    }

    /** Adds the statements to the role's policy, and acknowledges their wildcards for cdk-nag. */
    public static void grant(Role role, List<Allow> rights) {
        rights.forEach(right -> role.addToPolicy(right.statement()));
        Acknowledged.wildcards(role, reasons(rights));
    }

    /** Reasons by ARN; different reasons for one ARN are joined. */
    static Map<String, String> reasons(List<Allow> rights) {
        Map<String, String> reasons = new LinkedHashMap<>();
        rights.stream()
                .flatMap(right -> right.targets().stream())
                .distinct()
                .forEach(target -> target.reason()
                        .ifPresent(reason -> reasons.merge(target.arn(), reason, (one, other) -> one + "; " + other)));
        return reasons;
    }
}
