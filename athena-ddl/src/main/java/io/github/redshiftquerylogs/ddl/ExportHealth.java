package io.github.redshiftquerylogs.ddl;

import java.util.List;
import java.util.stream.Collectors;

/** Renders the view {@code export_health}, a union of all exported tables and of the daily counts. */
final class ExportHealth {

    static final String NAME = "export_health";

    private static final String TEXT = """
            -- title: Health of the export
            -- about: one row per cluster, table and day: the number of rows in the lake, the newest log_time, and the daily count of source and lake; and one without a day per export that a cluster selects and cannot read
            -- Generated from the exported tables; do not edit, run make ddl.
            -- Filter by day, so that only those days are read. A cluster without rows for today is late or idle. WHERE day IS NULL
            -- gives the exports that cannot be read: state is refused or broken, with what is expected as reason, or absent.
            -- Of own exports, whose tables no release knows, it has the days that the job has recorded in the last 35 days.
            -- source_rows and lake_rows are those of the last count, at counted_at; null if the day was not counted, or more
            -- than 35 days ago: the table row_counts has all of them. More rows in the source are missing in the lake.
            CREATE OR REPLACE VIEW export_health AS
            SELECT
              cluster_name,
              table_name,
              day,
              coalesce(sum(rows_here), max_by(rows_recorded, recorded_at), 0) AS row_count,
              max(newest) AS newest,
              max(counted_at) AS counted_at,
              max_by(source_rows, counted_at) AS source_rows,
              max_by(lake_rows, counted_at) AS lake_rows,
              max_by(differing_hours, counted_at) AS differing_hours,
              'exported' AS state,
              CAST(NULL AS varchar) AS reason
            FROM (
              SELECT
                cluster_name,
                table_name,
                CAST(log_time AS date) AS day,
                log_time AS newest,
                BIGINT '1' AS rows_here,
                CAST(NULL AS timestamp) AS recorded_at,
                CAST(NULL AS bigint) AS rows_recorded,
                CAST(NULL AS timestamp) AS counted_at,
                CAST(NULL AS bigint) AS source_rows,
                CAST(NULL AS bigint) AS lake_rows,
                CAST(NULL AS bigint) AS differing_hours
              FROM (
            %s
              ) all_rows
              UNION ALL
              SELECT
                cluster_name,
                table_name,
                day,
                CAST(NULL AS timestamp),
                CAST(NULL AS bigint),
                CAST(NULL AS timestamp),
                CAST(NULL AS bigint),
                log_time,
                sum(source_rows),
                sum(lake_rows),
                count_if(source_rows <> lake_rows)
              FROM row_counts
              WHERE log_time >= date_add('day', -35, localtimestamp)
              GROUP BY cluster_name, table_name, day, log_time
              UNION ALL
              SELECT
                cluster_name,
                export,
                day,
                newest,
                CAST(NULL AS bigint),
                log_time,
                row_count,
                CAST(NULL AS timestamp),
                CAST(NULL AS bigint),
                CAST(NULL AS bigint),
                CAST(NULL AS bigint)
              FROM export_days
              WHERE log_time >= date_add('day', -35, localtimestamp)
            ) rows_and_counts
            GROUP BY cluster_name, table_name, day
            UNION ALL
            SELECT
              cluster_name,
              export,
              CAST(NULL AS date),
              0,
              CAST(NULL AS timestamp),
              CAST(NULL AS timestamp),
              CAST(NULL AS bigint),
              CAST(NULL AS bigint),
              CAST(NULL AS bigint),
              state,
              reason
            FROM export_states
            JOIN (
              SELECT cluster_name, max(log_time) AS log_time
              FROM export_states
              GROUP BY cluster_name
            ) latest USING (cluster_name, log_time)
            WHERE state <> 'exported'
            """;

    private ExportHealth() {}

    /** The file of the view over these tables. */
    static SqlFile of(List<String> tables) {
        return new SqlFile(
                NAME,
                TEXT.formatted(tables.stream()
                        .map(table ->
                                "    SELECT cluster_name, '%1$s' AS table_name, log_time FROM %1$s".formatted(table))
                        .collect(Collectors.joining("\n    UNION ALL\n"))));
    }
}
