package io.github.redshiftquerylogs.redshift;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and timestamps as Redshift writes them, such as {@code 2026-11-19 12:00:00.5}, {@code 294276-12-31 00:00:00},
 * {@code 0044-03-15 BC} and {@code infinity}; pure. Infinity becomes the greatest or least time of Java, which no table of the
 * lake holds.
 */
final class SourceTime {

    private static final Pattern TEXT = Pattern.compile(
            "(?<year>\\d{4,9})-(?<month>\\d\\d)-(?<day>\\d\\d)(?: (?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?))?(?<before> BC)?");

    private SourceTime() {}

    /** @throws DateTimeException if the text is no date */
    static @Nullable LocalDate date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "infinity" -> LocalDate.MAX;
            case "-infinity" -> LocalDate.MIN;
            default -> {
                Matcher found = matched(text);
                if (found.group("time") != null) {
                    throw unreadable(text);
                }
                yield day(found);
            }
        };
    }

    /** @throws DateTimeException if the text is no timestamp */
    static LocalDateTime timestamp(String text) {
        return switch (text) {
            case "infinity" -> LocalDateTime.MAX;
            case "-infinity" -> LocalDateTime.MIN;
            default -> {
                Matcher found = matched(text);
                String time = found.group("time");
                if (time == null) {
                    throw unreadable(text);
                }
                yield LocalDateTime.of(day(found), LocalTime.parse(time));
            }
        };
    }

    private static Matcher matched(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            throw unreadable(text);
        }
        return found;
    }

    private static LocalDate day(Matcher found) {
        int year = Integer.parseInt(found.group("year"));
        // the year 1 BC is the year 0
        return LocalDate.of(
                found.group("before") == null ? year : 1 - year,
                Integer.parseInt(found.group("month")),
                Integer.parseInt(found.group("day")));
    }

    private static DateTimeException unreadable(String text) {
        return new DateTimeException("'" + text + "': expected such as 2026-11-19, or 2026-11-19 12:00:00.5");
    }
}
