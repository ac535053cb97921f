package io.github.redshiftquerylogs.sandbox.demo.check;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of an export of one cluster, of one of its databases if it is taken in each; pure.
 *
 * @param columns the columns of the rows
 * @param every the length of a period
 * @param lake the rows of the lake by the time of their snapshot
 */
record SnapshotRows(
        List<String> columns, Duration every, TreeMap<LocalDateTime, Map<List<@Nullable String>, Long>> lake) {

    /** The rows that the cluster showed when a snapshot was taken; several answers, if it changed meanwhile. */
    @FunctionalInterface
    interface Shown {
        List<Map<List<@Nullable String>, Long>> at(LocalDateTime takenAt);
    }

    /**
     * The differences, and periods with no or several snapshots; empty if there are none.
     *
     * @param source what the cluster showed
     * @param lastRun the upper bound of the last run, in whose period there is a snapshot
     */
    List<String> problems(Shown source, LocalDateTime lastRun) {
        List<String> problems = new ArrayList<>(periodProblems(lastRun));
        lake.forEach((takenAt, rows) -> {
            List<Map<List<@Nullable String>, Long>> answers = source.at(takenAt);
            if (!answers.contains(rows)) {
                problems.addAll(
                        Multisets.differences(columns, "source", answers.get(0), "snapshot of " + takenAt, rows));
            }
        });
        return problems;
    }

    private List<String> periodProblems(LocalDateTime lastRun) {
        if (lake.isEmpty()) {
            return List.of("no snapshot: expected at least one");
        }
        Map<Long, Integer> taken = new HashMap<>();
        lake.keySet().forEach(takenAt -> taken.merge(period(takenAt), 1, Integer::sum));
        TreeSet<Long> periods = new TreeSet<>(taken.keySet());
        for (long period = period(lake.firstKey()); period <= period(lastRun); period++) {
            periods.add(period);
        }
        List<String> problems = new ArrayList<>();
        for (long period : periods) {
            int snapshots = taken.getOrDefault(period, 0);
            if (snapshots != 1) {
                problems.add(snapshots + " snapshots in the period of " + every + " that begins at "
                        + LocalDateTime.ofEpochSecond(period * every.toSeconds(), 0, ZoneOffset.UTC)
                        + ": expected one");
            }
        }
        return problems;
    }

    private long period(LocalDateTime time) {
        return Math.floorDiv(time.toEpochSecond(ZoneOffset.UTC), every.toSeconds());
    }
}
