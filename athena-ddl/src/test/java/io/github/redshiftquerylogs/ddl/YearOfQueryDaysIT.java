package io.github.redshiftquerylogs.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.export.RecordTables;
import io.github.redshiftquerylogs.lake.TableDefinition;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A year of a busy cluster is asked within seconds: 2,000 groups a day, each with a shape of some hundred characters. */
@Tag("long")
class YearOfQueryDaysIT {

    private static final Logger LOG = LoggerFactory.getLogger(YearOfQueryDaysIT.class);
    private static final int DAYS = 365;
    private static final int GROUPS = 2_000;
    /** Trino writes at most a hundred partitions in one statement. */
    private static final int DAYS_AT_ONCE = 73;

    private static final Duration SECONDS = Duration.ofSeconds(20);

    private static final String SLOWER_SHAPES = """
            select shape_id, min_by(query_shape, day) as shape,
              sum(if(day < date_add('month', -6, current_date), seconds)) / sum(if(day < date_add('month', -6, current_date), timed_runs)) as before,
              sum(if(day >= date_add('month', -6, current_date), seconds)) / sum(if(day >= date_add('month', -6, current_date), timed_runs)) as after
            from query_days_latest
            where cluster_name = 'busy' and day >= date_add('day', -365, current_date)
            group by shape_id order by 4 desc limit 20
            """;

    @Test
    void aYearIsAskedWithinSeconds(@TempDir Path folder) throws SQLException {
        try (LocalAws aws = LocalAws.start(folder)) {
            aws.createBucket("lake");
            try (TrinoSession session = TrinoSession.open(aws.startTrino())) {
                session.execute("CREATE SCHEMA " + ResourceNames.DATABASE);
                for (TableDefinition table : Stream.concat(
                                Declarations.bundled().stream().map(TableDefinition::of),
                                RecordTables.definitions().stream())
                        .toList()) {
                    session.execute(new TrinoDdl(table)
                            .create(ResourceNames.DATABASE, ExportedLake.S3_PREFIX + "/data/" + table.name()));
                }
                for (SqlFile view : ModuleFiles.viewsInOrder()) {
                    session.execute(view.text());
                }
                LocalDate today = LocalDate.now(ZoneOffset.UTC);
                for (int first = 1; first <= DAYS; first += DAYS_AT_ONCE) {
                    session.execute(insert(today, first));
                }
                SqlFile months = ModuleFiles.queries().stream()
                        .filter(query -> query.name().equals("latency_by_month"))
                        .findFirst()
                        .orElseThrow();
                ask(session, "warm-up", "select count(*) from query_days", 2);
                ask(session, "latency_by_month", months.text(), 14);
                ask(session, "slower shapes of a year", SLOWER_SHAPES, 21);
            }
        }
    }

    private static void ask(TrinoSession session, String name, String sql, int rows) throws SQLException {
        long begin = System.nanoTime();
        int found = session.ask(sql).size();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        LOG.info("{}: {} s for {} days of {} groups", name, took.toMillis() / 1e3, DAYS, GROUPS);
        assertThat(found).as(name).isBetween(rows - 1, rows);
        assertThat(took).as(name).isLessThan(SECONDS);
    }

    /** Rows of some days, with a total each. */
    private static String insert(LocalDate today, int first) {
        return """
                INSERT INTO query_days (cluster_name, log_time, day, revision, seals, is_total, source, shape_id, shape_version,
                  plan_id, userid, "database", queue, query_shape, runs, aborted, failed, cached, timed_runs, seconds,
                  duration_buckets)
                SELECT 'busy', CAST(d AS timestamp(6)), d, 1, 'stl_query:1', g = 0, if(g > 0, 'stl'),
                  if(g > 0, to_hex(CAST(CAST(g AS varchar) AS varbinary))), if(g > 0, 1),
                  if(g > 0, to_hex(md5(CAST(CAST(g AS varchar) AS varbinary)))), if(g > 0, 100 + g %% 40), if(g > 0, 'dev'),
                  if(g > 0, concat('queue ', CAST(g %% 5 AS varchar))),
                  if(g > 0, concat('select ? from t', CAST(g AS varchar), rpad('', 200, to_hex(md5(CAST(CAST(g AS varchar) AS varbinary)))))),
                  100, 1, 0, 0, 100, 60e0 + g, map(ARRAY[g %% 80, 80 + g %% 40], ARRAY[bigint '60', 40])
                FROM UNNEST(sequence(date_add('day', -%d, date '%s'), date_add('day', -%d, date '%s'))) AS days (d)
                CROSS JOIN UNNEST(sequence(0, %d)) AS groups (g)
                """.formatted(Math.min(first + DAYS_AT_ONCE - 1, DAYS), today, first, today, GROUPS);
    }
}
