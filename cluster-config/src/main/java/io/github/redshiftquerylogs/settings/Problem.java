package io.github.redshiftquerylogs.settings;

/**
 * A problem of a setting.
 *
 * @param parameter name of the parameter, variable or argument
 * @param value its value; {@link #HIDDEN} for a secret, {@link #MISSING} if there is none
 * @param expected description of valid values
 */
public record Problem(String parameter, String value, String expected) {

    /** The value of a missing parameter. */
    public static final String MISSING = "(missing)";
    /** The value of a secret parameter. */
    public static final String HIDDEN = "(not shown)";

    /** The problem of a missing parameter. */
    public static Problem missing(String parameter, String expected) {
        return new Problem(parameter, MISSING, expected);
    }

    /** Withholds a value that may contain a password ({@link #HIDDEN}), so that no message shows it. */
    public Problem {
        if (SecretDetector.mayContainSecret(value)) {
            value = HIDDEN;
        }
    }

    /** On one line: characters that show nothing are written by their numbers, such as {@code <U+200B>}. */
    @Override
    public String toString() {
        String shown = value.equals(MISSING) || value.equals(HIDDEN) ? value : "'" + ParameterText.visible(value) + "'";
        return parameter + " = " + shown + ": expected " + expected;
    }
}
