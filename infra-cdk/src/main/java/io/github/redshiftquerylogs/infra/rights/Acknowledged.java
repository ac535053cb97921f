package io.github.redshiftquerylogs.infra.rights;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.constructs.IConstruct;

/** Accepted findings of cdk-nag's pack AwsSolutions, each with a reason. All other findings fail the synthesis. */
public final class Acknowledged {

    private static final String PACK = "AwsSolutions::AwsSolutions-";

    private Acknowledged() {}

    /**
     * Accepts a finding for a construct.
     *
     * @param rule such as {@code S1}
     */
    public static void rule(IConstruct construct, String rule, String reason) {
        Validations.of(construct)
                .acknowledge(
                        Acknowledgment.builder().id(PACK + rule).reason(reason).build());
    }

    /**
     * Accepts resources with wildcards in the policies of a construct.
     *
     * @param reasons reason by resource with a wildcard, as in the policy statement
     */
    public static void wildcards(IConstruct construct, Map<String, String> reasons) {
        reasons.forEach((resource, reason) -> {
            Object resolved = Objects.requireNonNull(Stack.of(construct).resolve(resource), resource);
            rule(construct, "IAM5[Resource::" + spelled(resolved) + "]", reason);
        });
    }

    /** A resource in cdk-nag's notation: {@code <LogicalId.Attribute>} for values known only at deployment. */
    private static String spelled(Object resolved) {
        if (resolved instanceof Map<?, ?> function && function.size() == 1) {
            Object name = function.keySet().iterator().next();
            Object argument =
                    Objects.requireNonNull(function.values().iterator().next());
            if (name.equals("Ref")) {
                return "<" + argument + ">";
            }
            if (name.equals("Fn::GetAtt") && argument instanceof List<?> path) {
                return "<" + path.stream().map(Object::toString).collect(Collectors.joining(".")) + ">";
            }
            if (name.equals("Fn::Join") && argument instanceof List<?> join && join.get(1) instanceof List<?> parts) {
                return parts.stream()
                        .map(part -> spelled(part))
                        .collect(Collectors.joining(join.get(0).toString()));
            }
            return json(resolved);
        }
        return resolved.toString();
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> "\"" + entry.getKey() + "\":" + json(Objects.requireNonNull(entry.getValue())))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Acknowledged::json).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof Number ? value.toString() : "\"" + value + "\"";
    }
}
