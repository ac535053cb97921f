package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.settings.ParameterText;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tick failed, with a text of several lines. Lambda's runtime logs texts of exceptions as they are, and each line would be
 * an event of its own. The message has the texts of all causes on one line; there is no cause, but the stack frames stay.
 */
final class TickFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private TickFailedException(String message) {
        super(message);
    }

    /** The exception itself if it and its causes have texts of one line. */
    static RuntimeException onOneLine(RuntimeException exception) {
        boolean oneLine = chain(exception)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .allMatch(message -> ParameterText.invisible(message).isEmpty());
        if (oneLine) {
            return exception;
        }
        TickFailedException failure = new TickFailedException(chain(exception)
                .map(Throwable::toString)
                .map(ParameterText::visible)
                .collect(Collectors.joining("; ")));
        failure.setStackTrace(exception.getStackTrace());
        return failure;
    }

    private static Stream<Throwable> chain(Throwable exception) {
        return Stream.iterate(exception, cause -> cause != null, Throwable::getCause);
    }
}
