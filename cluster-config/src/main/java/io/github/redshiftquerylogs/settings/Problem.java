package io.github.redshiftquerylogs.settings;

/**
 * One thing that is wrong with the settings.
 *
 * @param parameter the parameter's name
 * @param value what it holds; never a secret: {@link #HIDDEN} or {@link #MISSING} instead
 * @param expected what it should hold
 */
public record Problem(String parameter, String value, String expected) {

    /** Stands for a parameter that does not exist. */
    public static final String MISSING = "(missing)";
    /** Stands for a value that is secret. */
    public static final String HIDDEN = "(not shown)";

    /** Of a parameter that does not exist. */
    public static Problem missing(String parameter, String expected) {
        return new Problem(parameter, MISSING, expected);
    }

    @Override
    public String toString() {
        String shown = value.equals(MISSING) || value.equals(HIDDEN) ? value : "'" + value + "'";
        return parameter + " = " + shown + ": expected " + expected;
    }
}
