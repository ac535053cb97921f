package io.github.redshiftquerylogs.seal;

import io.github.redshiftquerylogs.lake.DayRows;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known about a day of a table, at the end of the day's sealing.
 *
 * @param table the table
 * @param day the day of {@code log_time}, UTC
 * @param revision 1 for the first entry of the day, then one more each time
 * @param state what it is
 * @param sourceRows the rows that the source shows; empty if it was not asked
 * @param lake the rows of the lake
 * @param late the rows that were added by sealing
 * @param runId the run that wrote the entry
 */
public record SealedDay(
        String table,
        LocalDate day,
        int revision,
        State state,
        OptionalLong sourceRows,
        DayRows lake,
        Late late,
        String runId) {

    /** What a day is. */
    public enum State {
        /** The lake has each row that the source shows. */
        SEALED,
        /** The rows of both sides are counted only: the export is not read again, or the source shows less than the lake. */
        COUNTED_ONLY,
        /** The source had trimmed the day before it was sealed. */
        NEVER_SEALED,
        /** Another source took the place of the one that the rows are from, on this day or later, before it was sealed. */
        GAP;

        /** The name as it is stored: lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The state of a stored name; empty if it is none. */
        static Optional<State> of(String name) {
            for (State state : values()) {
                if (state.toString().equals(name)) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Rows that the export did not see.
     *
     * @param added rows that were added
     * @param longest the longest time between the {@code log_time} of such a row and its addition
     * @param moved rows that the lake has at another time
     * @param changed keys whose rows have other values in the lake
     */
    public record Late(long added, Duration longest, long moved, long changed) {

        /** No row was late. */
        public static final Late NONE = new Late(0, Duration.ZERO, 0, 0);

        Late plus(Late more) {
            return new Late(
                    added + more.added,
                    longest.compareTo(more.longest) > 0 ? longest : more.longest,
                    moved + more.moved,
                    changed + more.changed);
        }
    }

    /** The text of which a chain takes the digest. */
    String text() {
        return String.join(
                "|",
                table,
                day.toString(),
                Integer.toString(revision),
                state.toString(),
                sourceRows.isPresent() ? Long.toString(sourceRows.getAsLong()) : "",
                Long.toString(lake.rows()),
                lake.checksum(),
                lake.first().map(Object::toString).orElse(""),
                lake.last().map(Object::toString).orElse(""),
                Long.toString(late.added()),
                Long.toString(late.longest().toSeconds()),
                Long.toString(late.moved()),
                Long.toString(late.changed()),
                runId);
    }
}
