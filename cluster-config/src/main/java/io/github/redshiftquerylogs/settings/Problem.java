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

    @Override
    public String toString() {
        String shown = value.equals(MISSING) || value.equals(HIDDEN) ? value : "'" + value + "'";
        return parameter + " = " + shown + ": expected " + expected;
    }
}
