package io.github.redshiftquerylogs.infra;

import java.util.Optional;

/**
 * A resource in a policy statement.
 *
 * @param arn the ARN, or {@code *}
 * @param reason why it has a wildcard; empty if it has none
 */
record Target(String arn, Optional<String> reason) {

    Target {
        if (arn.contains("*") != reason.isPresent()) {
            throw new IllegalArgumentException(
                    arn + ": expected a reason if the ARN has a wildcard, and no reason otherwise");
        }
    }

    static Target of(String arn) {
        return new Target(arn, Optional.empty());
    }

    static Target wildcard(String arn, String reason) {
        return new Target(arn, Optional.of(reason));
    }

    /** For actions that do not support resource-level permissions. */
    static Target all(String reason) {
        return wildcard("*", reason);
    }
}
