package io.github.redshiftquerylogs.infra.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The condition operators of IAM that our policies use
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
 */
enum Condition {
    STRING_EQUALS("StringEquals", false, false),
    STRING_LIKE("StringLike", true, false),
    ARN_LIKE("ArnLike", true, false),
    EACH_EQUALS("ForAllValues:StringEquals", false, true);

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    private final String operator;
    private final boolean pattern;
    private final boolean forAllValues;

    Condition(String operator, boolean pattern, boolean forAllValues) {
        this.operator = operator;
        this.pattern = pattern;
        this.forAllValues = forAllValues;
    }

    /** @throws IllegalArgumentException if the operator is not known here */
    static Condition of(String operator) {
        return Arrays.stream(values())
                .filter(condition -> condition.operator.equals(operator))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("condition operator " + operator));
    }

    /** A call without the key does not meet the condition, except with {@code ForAllValues}. */
    boolean holds(List<String> wanted, @Nullable List<String> actual, Map<String, List<String>> context) {
        if (forAllValues) {
            return actual == null || actual.stream().allMatch(value -> one(wanted, value, context));
        }
        return actual != null && actual.size() == 1 && one(wanted, actual.get(0), context);
    }

    private boolean one(List<String> wanted, String value, Map<String, List<String>> context) {
        return wanted.stream()
                .map(text -> replaceVariables(text, context))
                .anyMatch(text -> pattern ? Wildcard.matches(text, value) : text.equals(value));
    }

    /** Replaces variables such as {@code ${aws:userid}}; one that the call does not have matches no value. */
    private static String replaceVariables(String text, Map<String, List<String>> context) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        context.getOrDefault(found.group(1), List.of("\u0000")).get(0)));
    }
}
