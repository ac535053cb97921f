package io.github.redshiftquerylogs.export;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line that says what went wrong. */
final class ErrorText {

    private static final int LONGEST = 2_000;

    private ErrorText() {}

    /** The texts of an exception and its causes; Spark repeats a task's stack trace in its own, which is cut off. */
    static String of(Throwable problem) {
        Set<String> texts = new LinkedHashSet<>();
        for (@Nullable Throwable cause = problem; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            texts.add(
                    cause instanceof RuntimeException && !text.equals("null")
                            ? text
                            : cause.getClass().getName() + ": " + text);
        }
        String line = String.join("; caused by: ", texts);
        return line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line;
    }
}
