package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDateTime;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows exactly on a bound of a window: each declaration gives them to the window that ends there, and to no other. */
class DeclaredWindowsTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T21:00:00");
    /** Enough: the bounds of a query are the same for all rows. */
    private static final int TIMES = 3;

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    @AutoClose
    private static final ExportFixture PIPELINE = new ExportFixture(STORAGE);

    @BeforeAll
    static void write() {
        PIPELINE.workload.writeHistory(START, START.plusHours(5));
        PIPELINE.workload.finish();
    }

    static List<ExportDeclaration> declarations() {
        return Declarations.bundled();
    }

    /** How many rows a window has of each {@code log_time}. */
    private static NavigableMap<LocalDateTime, Integer> rows(
            SourceSession session, ExportDeclaration declaration, LocalDateTime from, LocalDateTime to) {
        return session.rows(declaration.sql().rows(new Window(from, to)), rows -> {
            NavigableMap<LocalDateTime, Integer> found = new TreeMap<>();
            while (rows.next()) {
                found.merge((LocalDateTime) rows.value(0, ColumnType.TIMESTAMP), 1, Integer::sum);
            }
            return found;
        });
    }

    @ParameterizedTest
    @MethodSource("declarations")
    void rowOnABoundBelongsToTheWindowThatEndsThere(ExportDeclaration declaration) {
        try (SourceSession session = PIPELINE.loginAt(PIPELINE.redshift.jdbcUrl(), ExportFixture.PASSWORD)
                .open("bounds")) {
            NavigableMap<LocalDateTime, Integer> all =
                    rows(session, declaration, SourceQuery.BEGINNING, START.plusDays(2));
            assertThat(all).as("rows of %s", declaration.name()).isNotEmpty();
            for (LocalDateTime time : all.keySet().stream().limit(TIMES).toList()) {
                NavigableMap<LocalDateTime, Integer> expected = new TreeMap<>();
                expected.put(time, all.get(time));
                assertThat(rows(session, declaration, WindowPlan.justBefore(time), time))
                        .as("%s: the window that ends at %s", declaration.name(), time)
                        .isEqualTo(expected);
                LocalDateTime next = all.higherKey(time) == null ? time.plusHours(1) : all.higherKey(time);
                LocalDateTime before = WindowPlan.justBefore(next);
                if (before.isAfter(time)) {
                    assertThat(rows(session, declaration, time, before))
                            .as("%s: the window that begins at %s", declaration.name(), time)
                            .isEmpty();
                }
            }
        }
    }
}
