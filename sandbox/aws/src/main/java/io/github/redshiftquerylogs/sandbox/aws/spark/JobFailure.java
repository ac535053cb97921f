package io.github.redshiftquerylogs.sandbox.aws.spark;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Derives the error message of a failed run from its log, as Glue does; pure. */
final class JobFailure {

    private static final int LONGEST_MESSAGE = 1000;
    private static final Pattern UNCAUGHT = Pattern.compile("^Exception in thread \"[^\"]*\" (.+)$");
    private static final Pattern EXCEPTION = Pattern.compile("^(?:Caused by: )?((?:[\\w$]+\\.)+[\\w$]+(?:: .*)?)$");

    private JobFailure() {}

    /** The uncaught exception, else the last exception in the log, else the exit code. */
    static String message(List<String> log, int exitCode) {
        String message =
                last(log, UNCAUGHT).or(() -> last(log, EXCEPTION)).orElse("the process ended with code " + exitCode);
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }

    private static Optional<String> last(List<String> log, Pattern pattern) {
        for (int i = log.size() - 1; i >= 0; i--) {
            Matcher matcher = pattern.matcher(log.get(i));
            if (matcher.matches() && matcher.group(1).matches("\\S*(Exception|Error)\\b.*")) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }
}
