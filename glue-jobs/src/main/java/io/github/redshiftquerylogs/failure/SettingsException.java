package io.github.redshiftquerylogs.failure;

/** A setting, or the Glue connection that it names, is missing or unusable. */
public final class SettingsException extends ExportException {

    private static final long serialVersionUID = 1;

    /** @param message the setting, its value unless that may be secret, and what is expected */
    public SettingsException(String message) {
        super(FailureCategory.SETTINGS, message, null);
    }

    /**
     * With a cause.
     *
     * @param message the setting, its value unless that may be secret, and what is expected
     */
    public SettingsException(String message, Throwable cause) {
        super(FailureCategory.SETTINGS, message, cause);
    }
}
