package io.github.redshiftquerylogs.count;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceRows;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
        Window window = new Window(
                WindowPlan.justBefore(day.atStartOfDay()),
                WindowPlan.justBefore(day.plusDays(1).atStartOfDay()));
        try (SourceSession session = source.open("count " + export.name() + " " + day)) {
            return session.rows(
                    export.sql().rowsByHour(window),
                    export.sql().rowsByHourByPosition(window),
                    rows -> read(rows, window, export.name()));
        }
    }

    private static List<Long> read(SourceRows rows, Window day, String export) {
        List<Long> hours = new ArrayList<>(Collections.nCopies(DayCount.HOURS, 0L));
        while (rows.next()) {
            int hour = day.require(rows.value(0, ColumnType.TIMESTAMP), export).getHour();
            if (rows.value(1, ColumnType.BIGINT) instanceof Long count) {
                hours.set(hour, count);
            }
        }
        return hours;
    }
}
