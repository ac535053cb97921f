package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.transfer.SourceProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Rows that no window contains: those without a time, and those that have not ended. Counted once a day. */
final class UnreadRows {

    /** Longer texts than Redshift's statuses are cut. */
    private static final int STATUS_LENGTH = 40;

    private UnreadRows() {}

    /** What a user should know about them; a count that the source does not answer is a note as well. */
    static List<String> notes(SourceProbe probe) {
        List<String> notes = new ArrayList<>();
        try {
            probe.undated()
                    .filter(rows -> rows > 0)
                    .ifPresent(rows ->
                            notes.add(rows + " rows have no time (null, or the year 2000): only a first export reads"
                                    + " those of the year 2000"));
        } catch (SourceException e) {
            notes.add("whether there are rows without a time is unknown: " + e.getMessage());
        }
        try {
            SortedMap<String, Long> heldBack = probe.heldBack();
            if (!heldBack.isEmpty()) {
                notes.add(
                        "rows were held back: " + text(heldBack) + "; those of an unknown status are exported 48 hours"
                                + " after their end, those of a status that is not final when they have ended");
            }
        } catch (SourceException e) {
            notes.add("whether rows are held back is unknown: " + e.getMessage());
        }
        return notes;
    }

    private static String text(SortedMap<String, Long> heldBack) {
        return heldBack.entrySet().stream()
                .map(entry -> entry.getValue() + " of status '"
                        + entry.getKey().substring(0, Math.min(entry.getKey().length(), STATUS_LENGTH)) + "'")
                .collect(Collectors.joining(", "));
    }
}
