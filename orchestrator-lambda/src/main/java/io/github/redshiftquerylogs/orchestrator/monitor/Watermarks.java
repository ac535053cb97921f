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
import java.util.stream.Stream;

/**
 * How far the tables of a cluster were read; pure.
 *
 * @param readUpTo the watermark by table, UTC
 * @param unread tables that a run has begun and none has read yet
 * @param unreadable tables whose watermark cannot be read
 */
public record Watermarks(Map<String, LocalDateTime> readUpTo, Set<String> unread, Set<String> unreadable) {

    /**
     * The lag: the time since the lowest watermark. A table that was never read is behind since the cluster's first tick.
     * Tables whose watermark cannot be read are left out; empty if nothing else is left.
     *
     * @param exported the tables that are exported, others do not count; empty: all that a run has begun
     * @param firstTick the first tick with the cluster
     */
    Optional<Duration> lag(Set<String> exported, Instant firstTick, Instant tick) {
        Set<String> tables = new TreeSet<>(exported);
        if (exported.isEmpty()) {
            tables.addAll(readUpTo.keySet());
            tables.addAll(unread);
        }
        tables.removeAll(unreadable);
        Stream<Instant> marks = tables.isEmpty() && unreadable.isEmpty()
                ? Stream.of(firstTick)
                : tables.stream()
                        .map(table -> Optional.ofNullable(readUpTo.get(table))
                                .map(time -> time.toInstant(ZoneOffset.UTC))
                                .orElse(firstTick));
        return marks.min(Comparator.naturalOrder())
                .map(since -> Duration.between(since, tick))
                .map(lag -> lag.isNegative() ? Duration.ZERO : lag);
    }
}
