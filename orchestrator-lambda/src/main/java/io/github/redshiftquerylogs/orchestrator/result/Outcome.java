package io.github.redshiftquerylogs.orchestrator.result;

import java.util.Locale;

/** Outcome of a cluster in a tick. Log, result and documentation use the names of {@link #toString}. */
public enum Outcome {
    /** A run was started. */
    STARTED,
    /** It was due, but a run of its job has not ended yet. */
    RUNNING,
    /** Its slot had a start already, or it is delayed after failed runs. */
    NOT_DUE,
    /** Its user is still the placeholder of the deployment; a run would fail, but be billed. */
    AWAITING_CREDENTIALS,
    /** Its settings are invalid. */
    MISCONFIGURED,
    /** It was due, but throttled by AWS or out of time in this tick; the next tick tries again. */
    THROTTLED,
    /**
     * It was due, but its start failed or had an unknown result, or it was looked up and does not answer queries; the next
     * tick tries again.
     */
    FAILED;

    /** The outcome of a name, the inverse of {@link #toString}. */
    public static Outcome parse(String shown) {
        return valueOf(shown.toUpperCase(Locale.ROOT));
    }

    /** The name that users see, such as {@code not_due}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
