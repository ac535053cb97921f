package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.RecordTable;
import io.github.redshiftquerylogs.lake.TableDefinition;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The table {@code export_days}: the rows of own exports by day. The view {@code export_health} reads it, because it cannot
 * name their tables. The newest record of an export and a day counts. Rows are only ever appended behind the newest ones, so the days from
 * there on are counted again when there are later rows; a run that ended before it recorded its rows is thereby caught up.
 */
final class ExportDays {

    /** As far back as the view looks. */
    private static final Duration SHOWN = Duration.ofDays(35);

    private static final String EXPORT = "export";
    private static final String DAY = "day";
    private static final String ROW_COUNT = "row_count";
    private static final String NEWEST = "newest";

    private final ClusterName cluster;
    private final Lake lake;

    ExportDays(ClusterName cluster, Lake lake) {
        this.cluster = cluster;
        this.lake = lake;
    }

    /** {@code log_time} is the upper bound of the run that counted. */
    static TableDefinition definition() {
        return TableDefinition.ofRecords(
                "export_days",
                "counted_at",
                List.of(EXPORT, DAY),
                List.of(
                        column(EXPORT, ColumnType.STRING),
                        column(DAY, ColumnType.DATE),
                        column(ROW_COUNT, ColumnType.BIGINT),
                        column(NEWEST, ColumnType.TIMESTAMP)));
    }

    private static DeclaredColumn column(String name, ColumnType type) {
        return new DeclaredColumn(name, type, Blanks.PADDING);
    }

    /**
     * Records the days of own exports that have later rows than those that were recorded.
     *
     * @param exports all exports of the run
     * @param tables what the run did for them; those that failed are left out
     * @param countedAt the upper bound of the run, UTC
     */
    void record(
            List<ExportDeclaration> exports,
            List<TableSummary> tables,
            LocalDateTime countedAt,
            Map<String, String> evidence) {
        List<ExportDeclaration> own = exports.stream()
                .filter(export -> export.own().isPresent() && wasExported(export, tables))
                .toList();
        if (own.isEmpty()) {
            return;
        }
        RecordTable table = lake.openRecords(definition(), cluster);
        LakePosition base = table.position();
        LocalDateTime shownSince = countedAt.minus(SHOWN);
        Map<String, Map<String, Object>> last = new HashMap<>();
        for (Map<String, Object> record : table.records(base, shownSince)) {
            last.merge((String) record.getOrDefault(EXPORT, ""), record, ExportDays::later);
        }
        List<Map<String, Object>> records = new ArrayList<>();
        for (ExportDeclaration export : own) {
            Optional<LocalDateTime> recorded =
                    Optional.ofNullable(last.get(export.name())).map(record -> time(record, NEWEST));
            records.addAll(unrecorded(export, recorded, shownSince.toLocalDate()));
        }
        if (!records.isEmpty()) {
            // refused if another run has recorded since: the next one compares again
            table.append(base, countedAt, records, evidence);
        }
    }

    private static boolean wasExported(ExportDeclaration export, List<TableSummary> tables) {
        return tables.stream()
                .anyMatch(table -> table.table().equals(export.name())
                        && table.error().isEmpty()
                        && table.unavailable().isEmpty());
    }

    /** The record of the later count; of one count, that with the later rows. */
    private static Map<String, Object> later(Map<String, Object> one, Map<String, Object> other) {
        int counted = time(one, SourceQuery.LOG_TIME).compareTo(time(other, SourceQuery.LOG_TIME));
        return counted > 0 || (counted == 0 && time(one, NEWEST).isAfter(time(other, NEWEST))) ? one : other;
    }

    private static LocalDateTime time(Map<String, Object> record, String column) {
        return (LocalDateTime) Objects.requireNonNull(record.get(column), column);
    }

    private List<Map<String, Object>> unrecorded(
            ExportDeclaration export, Optional<LocalDateTime> recorded, LocalDate shownSince) {
        LakeTable table = lake.open(export, cluster);
        Optional<LocalDateTime> newest = table.position(recorded).maxLogTime();
        if (newest.equals(recorded) || newest.isEmpty()) {
            return List.of();
        }
        List<Map<String, Object>> records = new ArrayList<>();
        table.rowsByDay(recorded.map(LocalDateTime::toLocalDate).orElse(shownSince))
                .forEach((day, rows) -> records.add(
                        Map.of(EXPORT, export.name(), DAY, day, ROW_COUNT, rows.rows(), NEWEST, rows.newest())));
        return records;
    }
}
