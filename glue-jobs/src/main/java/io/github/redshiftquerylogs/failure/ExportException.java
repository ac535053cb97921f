package io.github.redshiftquerylogs.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure whose cause lies outside of this program: settings, a cluster, the lake. Its message says what was found and
 * what is expected, and holds no secret. Every other exception is unexpected and has the category
 * {@link FailureCategory#INTERNAL}.
 */
public abstract sealed class ExportException extends RuntimeException
        permits ClockSkewException,
                LakeException,
                OutOfWindowException,
                SettingsException,
                SourceException,
                UnloadException {

    private static final long serialVersionUID = 1;

    private final FailureCategory category;

    ExportException(FailureCategory category, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    /** What has to change before the export succeeds. */
    public final FailureCategory category() {
        return category;
    }
}
