package io.github.redshiftquerylogs.seal;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.lake.AppendResult;
import io.github.redshiftquerylogs.lake.DayRows;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.RecordTable;
import io.github.redshiftquerylogs.lake.TableDefinition;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code sealed_days}, for one cluster: the evidence that days are complete. Entries are only appended, and
 * chained: {@code head} is a digest of the entry and of the head before it.
 */
public final class SealedDays {

    private static final int ATTEMPTS = 10;

    private static final String TABLE_NAME = "table_name";
    private static final String DAY = "day";
    private static final String REVISION = "revision";
    private static final String STATE = "state";
    private static final String SOURCE_ROWS = "source_rows";
    private static final String LAKE_ROWS = "lake_rows";
    private static final String LATE_ROWS = "late_rows";
    private static final String LATEST_SECONDS = "latest_seconds";
    private static final String MOVED_ROWS = "moved_rows";
    private static final String CHANGED_KEYS = "changed_keys";
    private static final String CHECKSUM = "checksum";
    private static final String FIRST = "first_log_time";
    private static final String LAST = "last_log_time";
    private static final String RUN_ID = "run_id";
    private static final String SEQUENCE = "sequence";
    private static final String PREVIOUS_HEAD = "previous_head";
    private static final String HEAD = "head";

    private final ClusterName cluster;
    private final RecordTable table;

    /** @param table opened with {@link #definition} */
    public SealedDays(ClusterName cluster, RecordTable table) {
        this.cluster = cluster;
        this.table = table;
    }

    /** The table {@code sealed_days}; its {@code log_time} is when the entry was written, UTC. */
    public static TableDefinition definition() {
        return TableDefinition.ofRecords(
                "sealed_days",
                "sealed",
                List.of(SEQUENCE),
                List.of(
                        column(TABLE_NAME, ColumnType.STRING),
                        column(DAY, ColumnType.DATE),
                        column(REVISION, ColumnType.INTEGER),
                        column(STATE, ColumnType.STRING),
                        column(SOURCE_ROWS, ColumnType.BIGINT),
                        column(LAKE_ROWS, ColumnType.BIGINT),
                        column(LATE_ROWS, ColumnType.BIGINT),
                        column(LATEST_SECONDS, ColumnType.BIGINT),
                        column(MOVED_ROWS, ColumnType.BIGINT),
                        column(CHANGED_KEYS, ColumnType.BIGINT),
                        column(CHECKSUM, ColumnType.STRING),
                        column(FIRST, ColumnType.TIMESTAMP),
                        column(LAST, ColumnType.TIMESTAMP),
                        column(RUN_ID, ColumnType.STRING),
                        column(SEQUENCE, ColumnType.BIGINT),
                        column(PREVIOUS_HEAD, ColumnType.STRING),
                        column(HEAD, ColumnType.STRING)));
    }

    private static DeclaredColumn column(String name, ColumnType type) {
        return new DeclaredColumn(name, type, Blanks.DATA);
    }

    /**
     * An entry of the chain.
     *
     * @param sequence its number, from 1
     * @param day what it says
     * @param previousHead the head before it
     * @param head the head with it
     */
    public record Entry(long sequence, SealedDay day, String previousHead, String head) {}

    /** All entries, by their numbers. */
    public List<Entry> entries() {
        return entries(table.position());
    }

    private List<Entry> entries(LakePosition base) {
        return table.records(base, SourceQuery.BEGINNING).stream()
                .map(SealedDays::entry)
                .sorted(Comparator.comparing(Entry::sequence))
                .toList();
    }

    /**
     * The last entry of each table and day.
     *
     * @param entries by their numbers
     */
    static Map<String, Map<LocalDate, SealedDay>> latest(List<Entry> entries) {
        Map<String, Map<LocalDate, SealedDay>> latest = new HashMap<>();
        for (Entry entry : entries) {
            latest.computeIfAbsent(entry.day().table(), name -> new HashMap<>())
                    .put(entry.day().day(), entry.day());
        }
        return latest;
    }

    /**
     * Appends entries in one commit. A day for which another run has written the same revision is left out.
     *
     * @param days at least one
     * @param now the job's clock, UTC
     * @return the end of the chain
     * @throws LakeException if other runs of the cluster were first each time
     */
    public Chain append(List<SealedDay> days, LocalDateTime now, Map<String, String> evidence) {
        String last = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            LakePosition base = table.position();
            List<Entry> known = entries(base);
            Chain chain = end(known);
            Map<String, Map<LocalDate, SealedDay>> latest = latest(known);
            List<Map<String, Object>> records = new ArrayList<>();
            for (SealedDay day : days) {
                SealedDay there = latest.getOrDefault(day.table(), Map.of()).get(day.day());
                if (there == null || there.revision() < day.revision()) {
                    Chain next = chain.plus(cluster.value(), day);
                    records.add(record(day, chain, next));
                    chain = next;
                }
            }
            if (records.isEmpty()) {
                return chain;
            }
            LocalDateTime logTime = base.maxLogTime()
                    .map(newest -> newest.plus(1, ChronoUnit.MICROS))
                    .filter(now::isBefore)
                    .orElse(now);
            AppendResult result = table.append(base, logTime, records, evidence);
            if (result instanceof AppendResult.Committed) {
                return chain;
            }
            // refused or unknown: a fresh base shows it
            last = result.toString();
        }
        throw new LakeException("the sealed days were not stored after " + ATTEMPTS
                + " attempts: expected no other run of this cluster at the same time; the last result: " + last);
    }

    /**
     * The end of the chain.
     *
     * @param entries by their numbers
     */
    static Chain end(List<Entry> entries) {
        return entries.isEmpty()
                ? Chain.EMPTY
                : new Chain(
                        entries.get(entries.size() - 1).sequence(),
                        entries.get(entries.size() - 1).head());
    }

    private static Map<String, Object> record(SealedDay day, Chain before, Chain after) {
        Map<String, Object> record = new HashMap<>();
        record.put(TABLE_NAME, day.table());
        record.put(DAY, day.day());
        record.put(REVISION, day.revision());
        record.put(STATE, day.state().toString());
        day.sourceRows().ifPresent(rows -> record.put(SOURCE_ROWS, rows));
        record.put(LAKE_ROWS, day.lake().rows());
        record.put(LATE_ROWS, day.late().added());
        record.put(LATEST_SECONDS, day.late().longest().toSeconds());
        record.put(MOVED_ROWS, day.late().moved());
        record.put(CHANGED_KEYS, day.late().changed());
        record.put(CHECKSUM, day.lake().checksum());
        day.lake().first().ifPresent(time -> record.put(FIRST, time));
        day.lake().last().ifPresent(time -> record.put(LAST, time));
        record.put(RUN_ID, day.runId());
        record.put(SEQUENCE, after.sequence());
        record.put(PREVIOUS_HEAD, before.head());
        record.put(HEAD, after.head());
        return record;
    }

    /** What another engine has damaged reads as something that the chain's digest does not match. */
    private static Entry entry(Map<String, Object> record) {
        return new Entry(
                number(record, SEQUENCE),
                new SealedDay(
                        text(record, TABLE_NAME),
                        record.get(DAY) instanceof LocalDate day ? day : LocalDate.EPOCH,
                        record.get(REVISION) instanceof Integer revision ? revision : 0,
                        SealedDay.State.of(text(record, STATE)).orElse(SealedDay.State.COUNTED_ONLY),
                        record.get(SOURCE_ROWS) instanceof Long rows ? OptionalLong.of(rows) : OptionalLong.empty(),
                        new DayRows(
                                number(record, LAKE_ROWS),
                                text(record, CHECKSUM),
                                time(record.get(FIRST)),
                                time(record.get(LAST))),
                        new SealedDay.Late(
                                number(record, LATE_ROWS),
                                Duration.ofSeconds(number(record, LATEST_SECONDS)),
                                number(record, MOVED_ROWS),
                                number(record, CHANGED_KEYS)),
                        text(record, RUN_ID)),
                text(record, PREVIOUS_HEAD),
                text(record, HEAD));
    }

    private static String text(Map<String, Object> record, String column) {
        return Objects.toString(record.get(column), "");
    }

    private static long number(Map<String, Object> record, String column) {
        return record.get(column) instanceof Long number ? number : 0;
    }

    private static Optional<LocalDateTime> time(@Nullable Object value) {
        return value instanceof LocalDateTime time ? Optional.of(time) : Optional.empty();
    }
}
