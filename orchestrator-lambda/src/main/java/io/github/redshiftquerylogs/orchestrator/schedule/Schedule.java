package io.github.redshiftquerylogs.orchestrator.schedule;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32;

/**
 * When a cluster is due; pure.
 *
 * <p>Time is divided into slots of the cluster's interval, counted from the epoch and shifted by an offset per cluster, so
 * that clusters with the same interval do not all start in the same tick. A slot has one start, by its first tick. So a new
 * cluster starts at once and then follows its slots, a missed tick is made up for by the next one, and a clock that is set
 * back starts nothing.
 */
public final class Schedule {

    /** Interval of ticks. No cluster has a shorter interval, so every slot has a tick. */
    public static final Duration TICK = Duration.ofMinutes(5);

    private Schedule() {}

    /**
     * The time from which a cluster is due: the beginning of the slot after that of its last start.
     *
     * @param interval at least {@link #TICK}
     */
    public static Instant nextDue(ClusterName cluster, Duration interval, Instant lastStart) {
        long length = interval.toSeconds();
        long offset = offset(cluster, interval).toSeconds();
        long slot = Math.floorDiv(lastStart.getEpochSecond() - offset, length);
        return Instant.ofEpochSecond((slot + 1) * length + offset);
    }

    /** Offset of the slots of a cluster: a whole number of ticks, less than the interval, constant. */
    public static Duration offset(ClusterName cluster, Duration interval) {
        CRC32 hash = new CRC32();
        hash.update(cluster.value().getBytes(StandardCharsets.UTF_8));
        return TICK.multipliedBy(hash.getValue() % interval.dividedBy(TICK));
    }
}
