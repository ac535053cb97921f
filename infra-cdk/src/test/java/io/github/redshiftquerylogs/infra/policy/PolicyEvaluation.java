package io.github.redshiftquerylogs.infra.policy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Evaluates the policies of an identity: a call is allowed if a statement allows it and none denies it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html). Resource policies,
 * boundaries and organization policies are not evaluated.
 *
 * @param statements of all policies of the identity
 */
public record PolicyEvaluation(List<PolicyStatement> statements) {

    /** Whether the call is allowed. */
    public boolean allows(Call call) {
        return statements.stream().noneMatch(statement -> !statement.allow() && statement.matches(call))
                && statements.stream().anyMatch(statement -> statement.allow() && statement.matches(call));
    }

    /** The calls that are not allowed. */
    public List<Call> refused(List<Call> calls) {
        return calls.stream().filter(call -> !allows(call)).toList();
    }

    /** The allowed actions that none of the calls needs. */
    public Set<String> unused(List<Call> calls) {
        return statements.stream()
                .filter(PolicyStatement::allow)
                .flatMap(statement -> statement.actions().stream()
                        .filter(action -> calls.stream()
                                .noneMatch(call -> Wildcard.matchesIgnoringCase(action, call.action())
                                        && statement.matches(call))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The same policies without a statement.
     *
     * @throws IllegalArgumentException if there is no such statement
     */
    public PolicyEvaluation without(String sid) {
        List<PolicyStatement> others = statements.stream()
                .filter(statement -> !statement.sid().equals(sid))
                .toList();
        if (others.size() == statements.size()) {
            throw new IllegalArgumentException("no statement " + sid);
        }
        return new PolicyEvaluation(others);
    }
}
