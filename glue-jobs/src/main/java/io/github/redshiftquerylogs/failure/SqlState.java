package io.github.redshiftquerylogs.failure;

import org.jspecify.annotations.Nullable;

/**
 * Reads SQLSTATEs; pure. Drivers also throw without one, or with an empty one: then nothing is known about the class of the
 * error.
 */
public final class SqlState {

    private static final int LENGTH = 5;
    private static final int LENGTH_OF_CLASS = 2;

    private SqlState() {}

    /** The state; null if it is no SQLSTATE: five letters or digits. */
    public static @Nullable String known(@Nullable String state) {
        return state != null && state.length() == LENGTH && state.chars().allMatch(Character::isLetterOrDigit)
                ? state
                : null;
    }

    /** The first two characters; empty text if it is no SQLSTATE. */
    public static String classOf(@Nullable String state) {
        String known = known(state);
        return known == null ? "" : known.substring(0, LENGTH_OF_CLASS);
    }
}
