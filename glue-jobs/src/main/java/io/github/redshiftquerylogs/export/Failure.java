package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.failure.ExportException;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.RedactedException;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A failure as log and summary show it, cleaned of secrets.
 *
 * @param category what it is about
 * @param text one line: the messages of the exception and its causes; if it is unexpected, with class names and the
 *     innermost stack frames
 * @param unexpected a cleaned copy of the exception with all stack frames; empty if it is one of the expected failures
 */
record Failure(FailureCategory category, String text, Optional<RedactedException> unexpected) {

    private static final int MAX_MESSAGES = 2_000;
    private static final int MAX_FRAMES = 10;

    /**
     * Describes an exception.
     *
     * @param redact removes secrets from a message
     */
    static Failure of(Throwable problem, UnaryOperator<String> redact) {
        if (problem instanceof ExportException expected) {
            return new Failure(expected.category(), messages(problem, redact), Optional.empty());
        }
        if (problem instanceof InvalidSettingsException) {
            return new Failure(FailureCategory.SETTINGS, messages(problem, redact), Optional.empty());
        }
        RedactedException cleaned = RedactedException.of(problem, redact);
        return new Failure(
                FailureCategory.INTERNAL,
                messages(cleaned, UnaryOperator.identity()) + "; at " + frames(cleaned),
                Optional.of(cleaned));
    }

    /** Cleaned before it is shortened: half a secret would not be recognised. First lines only: Spark repeats the stack trace of a task in its message. */
    private static String messages(Throwable problem, UnaryOperator<String> redact) {
        Set<String> texts = new LinkedHashSet<>();
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            texts.add(redact.apply(String.valueOf(cause.getMessage()))
                    .lines()
                    .findFirst()
                    .orElse(""));
        }
        String line = String.join("; caused by: ", texts);
        return line.length() > MAX_MESSAGES ? line.substring(0, MAX_MESSAGES) + " …" : line;
    }

    private static String frames(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Arrays.stream(root.getStackTrace())
                .limit(MAX_FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
