package io.github.redshiftquerylogs.count;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceRows;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the rows of a table in the source, by the query of its export: one statement per table and day. */
public final class SourceCount {

    private final Source source;

    /** A count at a cluster. */
    public SourceCount(Source source) {
        this.source = source;
    }

    /**
     * The number of rows of each hour of a day.
     *
     * @param day the day, UTC
     * @throws io.github.redshiftquerylogs.failure.SourceException if the cluster does not answer
     * @throws io.github.redshiftquerylogs.failure.OutOfWindowException if the query gives rows of another day
     */
    public List<Long> rowsByHour(ExportDeclaration export, LocalDate day) {
        return Objects.requireNonNull(rowsByHour(export, day, day).get(day));
    }

    /**
     * The numbers of rows of each hour of some days, by one statement.
     *
     * @param first the first day, UTC
     * @param last the last day, UTC
     * @return 24 numbers for each of the days
     * @throws io.github.redshiftquerylogs.failure.SourceException if the cluster does not answer
     * @throws io.github.redshiftquerylogs.failure.OutOfWindowException if the query gives rows of other days
     */
    public SortedMap<LocalDate, List<Long>> rowsByHour(ExportDeclaration export, LocalDate first, LocalDate last) {
        Window window = new Window(
                WindowPlan.justBefore(first.atStartOfDay()),
                WindowPlan.justBefore(last.plusDays(1).atStartOfDay()));
        String days = first.equals(last) ? first.toString() : first + " to " + last;
        try (SourceSession session = source.open("count " + export.name() + " " + days)) {
            return session.rows(
                    export.sql().rowsByHour(window),
                    export.sql().rowsByHourByPosition(window),
                    rows -> read(rows, window, export.name(), new Days(first, last)));
        }
    }

    private record Days(LocalDate first, LocalDate last) {

        SortedMap<LocalDate, List<Long>> withoutRows() {
            SortedMap<LocalDate, List<Long>> days = new TreeMap<>();
            first.datesUntil(last.plusDays(1))
                    .forEach(day -> days.put(day, new ArrayList<>(Collections.nCopies(DayCount.HOURS, 0L))));
            return days;
        }
    }

    private static SortedMap<LocalDate, List<Long>> read(SourceRows rows, Window window, String export, Days days) {
        SortedMap<LocalDate, List<Long>> hours = days.withoutRows();
        while (rows.next()) {
            LocalDateTime hour = window.require(rows.value(0, ColumnType.TIMESTAMP), export);
            if (rows.value(1, ColumnType.BIGINT) instanceof Long count) {
                Objects.requireNonNull(hours.get(hour.toLocalDate())).set(hour.getHour(), count);
            }
        }
        return hours;
    }
}
