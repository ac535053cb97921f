package io.github.redshiftquerylogs.export;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The source of a run, as it was found when the run began.
 *
 * @param identity distinguishes the cluster from another one of its name
 * @param clock the cluster's clock, UTC
 * @param runUpperBound the latest {@code log_time} that the run reads, inclusive; UTC
 * @param notes findings that a user should know
 */
record SourceInfo(String identity, LocalDateTime clock, LocalDateTime runUpperBound, List<String> notes) {

    SourceInfo {
        notes = List.copyOf(notes);
    }

    SourceInfo withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new SourceInfo(identity, clock, runUpperBound, more);
    }
}
