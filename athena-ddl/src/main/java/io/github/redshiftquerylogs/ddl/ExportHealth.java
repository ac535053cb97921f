package io.github.redshiftquerylogs.ddl;

import java.util.List;
import java.util.stream.Collectors;

/** Renders the view {@code export_health}, a union of all exported tables. */
final class ExportHealth {

    static final String NAME = "export_health";

    private static final String TEXT = """
            -- title: Health of the export
            -- about: one row per cluster, table and day: the number of rows in the lake, and the newest log_time
            -- Generated from the exported tables; do not edit, run make ddl.
            -- Filter by day, so that only those days are read. A cluster without rows for today is late or idle.
            CREATE OR REPLACE VIEW export_health AS
            SELECT
              cluster_name,
              table_name,
              CAST(log_time AS date) AS day,
              count(*) AS row_count,
              max(log_time) AS newest
            FROM (
            %s
            ) all_rows
            GROUP BY cluster_name, table_name, CAST(log_time AS date)
            """;

    private ExportHealth() {}

    /** The file of the view over these tables. */
    static SqlFile of(List<String> tables) {
        return new SqlFile(
                NAME,
                TEXT.formatted(tables.stream()
                        .map(table ->
                                "  SELECT cluster_name, '%1$s' AS table_name, log_time FROM %1$s".formatted(table))
                        .collect(Collectors.joining("\n  UNION ALL\n"))));
    }
}
