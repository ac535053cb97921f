package io.github.redshiftquerylogs.querydays;

import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.lake.AppendResult;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.seal.SealedDays;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes {@code query_days} of a cluster, behind the sealing of its days. */
public final class QueryDaySummaries {

    private static final Logger LOG = LoggerFactory.getLogger(QueryDaySummaries.class);
    private static final int ATTEMPTS = 10;

    private final ClusterName cluster;
    private final Lake lake;
    private final QueryDay reader;
    private final Clock clock;

    /**
     * The summaries of a cluster.
     *
     * @param reader groups the rows of a day
     * @param clock the job's clock
     */
    public QueryDaySummaries(ClusterName cluster, Lake lake, QueryDay reader, Clock clock) {
        this.cluster = cluster;
        this.lake = lake;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Writes the days that are due, oldest first.
     *
     * @param entries the cluster's chain of sealed days, by number
     * @param exports the names of the exports of the cluster
     * @param whole the first day that the source still has as a whole
     * @param runId the run
     * @param deadline no day begins after it
     * @return whether all were written
     * @throws LakeException if other runs of the cluster were first each time
     */
    public boolean write(
            List<SealedDays.Entry> entries, Set<String> exports, LocalDate whole, String runId, Instant deadline) {
        Set<String> inputs = inputs(exports);
        if (entries.stream()
                .noneMatch(entry -> QueryDayInput.isInput(entry.day().table()))) {
            return true;
        }
        QueryDays days = new QueryDays(cluster, lake.openRecords(QueryDays.definition(), cluster));
        Set<LocalDate> written = new HashSet<>();
        String last = "";
        for (int attempt = 1; attempt <= ATTEMPTS; ) {
            LakePosition base = days.position();
            List<DueDay> due = DueDay.of(entries, inputs, whole, days.made(base)).stream()
                    .filter(day -> !written.contains(day.day()))
                    .toList();
            if (due.isEmpty()) {
                return true;
            }
            if (!clock.instant().isBefore(deadline)) {
                return false;
            }
            List<DueDay> next = together(due);
            AppendResult result = days.append(base, next, reader, runId);
            if (result instanceof AppendResult.Committed) {
                LOG.info(
                        "{}: the queries of {} days are summarised, {} to {}",
                        cluster,
                        next.size(),
                        next.get(0).day(),
                        next.get(next.size() - 1).day());
                next.forEach(day -> written.add(day.day()));
            } else {
                // refused or unknown: a fresh base shows it
                last = result.toString();
                attempt++;
            }
        }
        throw new LakeException("query_days was not stored after " + ATTEMPTS
                + " attempts: expected no other run of this cluster at the same time; the last result: " + last);
    }

    /** All days without runs, or one that has some: a commit for each of these, so that one bad day blocks no other. */
    private static List<DueDay> together(List<DueDay> due) {
        List<DueDay> empty = due.stream().filter(day -> day.runs() == 0).toList();
        return empty.isEmpty() ? due.subList(0, 1) : empty;
    }

    private static Set<String> inputs(Set<String> exports) {
        return exports.stream().filter(QueryDayInput::isInput).collect(Collectors.toSet());
    }
}
