package io.github.redshiftquerylogs.export;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /**
     * The latest {@code log_time} that the run reads of a table, inclusive; UTC.
     *
     * @param settle how far the table stays behind the clock, at least
     */
    LocalDateTime upperBound(Optional<Duration> settle) {
        return settle.map(clock::minus).filter(runUpperBound::isAfter).orElse(runUpperBound);
    }

    SourceInfo withIdentity(String known) {
        return new SourceInfo(known, clock, runUpperBound, notes);
    }

    SourceInfo withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new SourceInfo(identity, clock, runUpperBound, more);
    }
}
