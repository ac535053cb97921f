package io.github.redshiftquerylogs.orchestrator.schedule;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32;

/**
 * When a cluster is due; pure.
 *
 * <p>Time is cut into slots as long as the cluster's interval, counted from the epoch and shifted by an offset that is
 * the cluster's own, so that clusters of one interval do not all start in the same tick. A slot has one start: the first
 * tick in it that finds none. Hence a new cluster starts at once and then falls into its slots, missed ticks are caught
 * up by the next one, and a clock that goes back starts nothing.
 */
public final class Schedule {

    /** How often the scheduler calls. No interval is shorter, so every slot has a tick. */
    public static final Duration TICK = Duration.ofMinutes(5);

    private Schedule() {}

    /**
     * The beginning of the slot after the one that had the last start: the cluster is due from then on.
     *
     * @param interval at least {@link #TICK}
     */
    public static Instant nextDue(ClusterName cluster, Duration interval, Instant lastStart) {
        long length = interval.toSeconds();
        long offset = offset(cluster, interval).toSeconds();
        long slot = Math.floorDiv(lastStart.getEpochSecond() - offset, length);
        return Instant.ofEpochSecond((slot + 1) * length + offset);
    }

    /** How far the slots of a cluster are shifted: whole ticks, less than the interval, the same for ever. */
    public static Duration offset(ClusterName cluster, Duration interval) {
        CRC32 hash = new CRC32();
        hash.update(cluster.value().getBytes(StandardCharsets.UTF_8));
        return TICK.multipliedBy(hash.getValue() % interval.dividedBy(TICK));
    }
}
