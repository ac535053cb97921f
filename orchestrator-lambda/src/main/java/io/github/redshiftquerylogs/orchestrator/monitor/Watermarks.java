package io.github.redshiftquerylogs.orchestrator.monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far the tables of a cluster were read; pure.
 *
 * @param readUpTo the watermark by table, UTC
 * @param unread tables that a run has begun and none has read yet
 * @param unreadable tables whose watermark cannot be read
 * @param exports the cluster's exports; empty if no run has stored them
 */
public record Watermarks(
        Map<String, LocalDateTime> readUpTo,
        Set<String> unread,
        Set<String> unreadable,
        Optional<SelectedExports> exports) {

    /**
     * The lag: the time since the lowest watermark. A table that was never read is behind since it was selected, but not
     * since before the cluster's first tick. Tables that are not selected, that cannot be read, or whose watermark is not
     * readable, are left out; empty if only the latter are left.
     *
     * @param firstTick the first tick with the cluster
     */
    Optional<Duration> lag(Instant firstTick, Instant tick) {
        Set<String> tables = exports.map(SelectedExports::readable).orElseGet(this::begun);
        Set<String> known = new TreeSet<>(tables);
        known.removeAll(unreadable);
        if (known.isEmpty() && !tables.isEmpty()) {
            return Optional.empty();
        }
        Instant oldest = known.stream()
                .map(table -> since(table, firstTick))
                .min(Comparator.naturalOrder())
                .orElse(firstTick);
        Duration lag = Duration.between(oldest, tick);
        return Optional.of(lag.isNegative() ? Duration.ZERO : lag);
    }

    /** The tables that runs of a release without stored exports have begun. */
    private Set<String> begun() {
        Set<String> tables = new TreeSet<>(readUpTo.keySet());
        tables.addAll(unread);
        tables.addAll(unreadable);
        return tables;
    }

    private Instant since(String table, Instant firstTick) {
        LocalDateTime read = readUpTo.get(table);
        if (read != null) {
            return read.toInstant(ZoneOffset.UTC);
        }
        Instant selected = exports.map(SelectedExports::since)
                .map(since -> since.get(table))
                .orElse(firstTick);
        return selected.isAfter(firstTick) ? selected : firstTick;
    }
}
