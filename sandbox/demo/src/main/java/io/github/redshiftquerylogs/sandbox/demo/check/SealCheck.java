package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the table {@code sealed_days} with the rows of the lake, which the other checks compare with the ledgers: each day
 * that is over is sealed, with as many rows as it has. Not of own exports, which may begin within a day.
 */
final class SealCheck {

    static final String TABLE = "sealed_days";

    /** Days are sealed three to five hours after their end; the last run may have begun a while ago. */
    private static final Duration GRACE = Duration.ofHours(6);
    /** Days that a cluster surely shows as a whole. */
    private static final int DAYS = 5;

    private final LakeReader lake;

    SealCheck(LakeReader lake) {
        this.lake = lake;
    }

    /** Compares a cluster. */
    CheckReport.TableCheck check(SandboxCluster cluster) throws SQLException {
        LocalDate last = cluster.redshift().now().minus(GRACE).toLocalDate().minusDays(1);
        LocalDate first = last.minusDays(DAYS - 1);
        List<String> tables = cluster.redshift().tables().stream()
                .map(SystemTable::name)
                .sorted()
                .toList();
        List<String> problems = new ArrayList<>();
        Set<String> found = new HashSet<>();
        List<SealedDayRow> days = days(cluster.name().value(), tables);
        for (SealedDayRow row : days) {
            found.add(row.table() + row.day());
            row.problem(first, last).ifPresent(problems::add);
        }
        for (String table : tables) {
            first.datesUntil(last.plusDays(1))
                    .filter(day -> !found.contains(table + day))
                    .forEach(day -> problems.add(table + " " + day + ": no entry: expected one also without rows"));
        }
        return new CheckReport.TableCheck(
                cluster.name().value(),
                TABLE,
                days.stream().filter(row -> row.state() != null).count(),
                problems);
    }

    private List<SealedDayRow> days(String cluster, List<String> tables) throws SQLException {
        String rows = tables.stream()
                .map(table -> "select '" + table
                        + "' as table_name, cast(log_time as date) as day, count(*) as row_count" + " from " + table
                        + " where cluster_name = '" + cluster + "' group by cast(log_time as date)")
                .collect(Collectors.joining(" union all "));
        String sql = "select table_name, cast(day as varchar), state, source_rows, lake_rows, coalesce(row_count, 0)"
                + " from (select table_name, day, max_by(state, revision) as state,"
                + " max_by(source_rows, revision) as source_rows, max_by(lake_rows, revision) as lake_rows"
                + " from sealed_days where cluster_name = '" + cluster + "' and table_name in ('"
                + String.join("', '", tables) + "') group by table_name, day) entries"
                + " full join (" + rows + ") counted using (table_name, day)";
        List<SealedDayRow> days = new ArrayList<>();
        for (List<@Nullable String> row : lake.rows(sql)) {
            days.add(new SealedDayRow(
                    String.valueOf(row.get(0)),
                    LocalDate.parse(String.valueOf(row.get(1))),
                    row.get(2),
                    number(row.get(3)),
                    number(row.get(4)),
                    Long.parseLong(String.valueOf(row.get(5)))));
        }
        return days;
    }

    private static @Nullable Long number(@Nullable String text) {
        return text == null ? null : Long.valueOf(text);
    }
}
