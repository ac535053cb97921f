package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDateTime;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Rows exactly on a bound of a window: a declaration gives them to the window that ends there, and to no other. */
record WindowBounds(SourceSession session, ExportDeclaration declaration) {

    /** Enough: the bounds of a query are the same for all rows. */
    private static final int TIMES = 3;

    /** Checks the first rows up to a time. */
    void require(LocalDateTime upTo) {
        NavigableMap<LocalDateTime, Integer> all = rows(SourceQuery.BEGINNING, upTo);
        assertThat(all).as("rows of %s", declaration.name()).isNotEmpty();
        for (LocalDateTime time : all.keySet().stream().limit(TIMES).toList()) {
            NavigableMap<LocalDateTime, Integer> expected = new TreeMap<>();
            expected.put(time, all.get(time));
            assertThat(rows(WindowPlan.justBefore(time), time))
                    .as("%s: the window that ends at %s", declaration.name(), time)
                    .isEqualTo(expected);
            LocalDateTime next = all.higherKey(time);
            LocalDateTime before = WindowPlan.justBefore(next == null ? upTo : next);
            if (before.isAfter(time)) {
                assertThat(rows(time, before))
                        .as("%s: the window that begins at %s", declaration.name(), time)
                        .isEmpty();
            }
        }
    }

    /** How many rows a window has of each {@code log_time}. */
    private NavigableMap<LocalDateTime, Integer> rows(LocalDateTime from, LocalDateTime to) {
        return session.rows(declaration.sql().rows(new Window(from, to)), rows -> {
            NavigableMap<LocalDateTime, Integer> found = new TreeMap<>();
            while (rows.next()) {
                found.merge((LocalDateTime) rows.value(0, ColumnType.TIMESTAMP), 1, Integer::sum);
            }
            return found;
        });
    }
}
