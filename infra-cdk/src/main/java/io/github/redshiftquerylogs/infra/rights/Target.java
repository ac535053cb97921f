package io.github.redshiftquerylogs.infra.rights;

import java.util.Optional;

/**
 * A resource in a policy statement.
 *
 * @param arn the ARN, or {@code *}
 * @param reason why it has a wildcard; empty if it has none
 */
public record Target(String arn, Optional<String> reason) {

    public Target {
        if (arn.contains("*") != reason.isPresent()) {
            throw new IllegalArgumentException(
                    arn + ": expected a reason if the ARN has a wildcard, and no reason otherwise");
        }
    }

    /** A resource without a wildcard. */
    public static Target of(String arn) {
        return new Target(arn, Optional.empty());
    }

    /** Resources that match an ARN with a wildcard. */
    public static Target wildcard(String arn, String reason) {
        return new Target(arn, Optional.of(reason));
    }

    /** For actions that do not support resource-level permissions. */
    public static Target all(String reason) {
        return wildcard("*", reason);
    }
}
