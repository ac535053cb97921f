package io.github.redshiftquerylogs.declaration;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time in a declaration: a number from 1 to 99 and a unit, such as {@code 15 minutes} or {@code 1 day}. */
final class TimeSpan {

    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]?) (minute|hour|day)s?");

    private TimeSpan() {}

    /** Reads a span in one of the units; empty if the text is none. */
    static Optional<Duration> parse(String text, Set<ChronoUnit> units) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return Optional.empty();
        }
        ChronoUnit unit = ChronoUnit.valueOf(span.group(2).toUpperCase(Locale.ROOT) + "S");
        return units.contains(unit) ? Optional.of(Duration.of(Long.parseLong(span.group(1)), unit)) : Optional.empty();
    }
}
