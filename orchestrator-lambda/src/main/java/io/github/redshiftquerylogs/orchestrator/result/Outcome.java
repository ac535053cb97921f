package io.github.redshiftquerylogs.orchestrator.result;

import java.util.Locale;

/** What became of one cluster in one tick; the same words in log, result and documentation, by {@link #toString}. */
public enum Outcome {
    /** A run was started. */
    STARTED,
    /** It was due, but a run of its job is still going. */
    RUNNING,
    /** Its slot has had its start, or its runs keep failing and it waits. */
    NOT_DUE,
    /** Its user is still the placeholder of the deployment; no run is paid for that would fail. */
    AWAITING_CREDENTIALS,
    /** Its settings cannot be used. */
    MISCONFIGURED,
    /** It is due, and AWS or the time of this tick did not allow its start; the next tick tries again. */
    THROTTLED,
    /**
     * It is due, and its start failed, or nobody knows whether it did, or it was looked up and does not answer queries;
     * the next tick tries again.
     */
    FAILED;

    /** The outcome of a word that users see, the reverse of {@link #toString}. */
    public static Outcome parse(String shown) {
        return valueOf(shown.toUpperCase(Locale.ROOT));
    }

    /** The word that users see, such as {@code not_due}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
