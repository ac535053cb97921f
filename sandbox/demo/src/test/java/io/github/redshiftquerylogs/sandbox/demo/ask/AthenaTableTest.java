package io.github.redshiftquerylogs.sandbox.demo.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AthenaTableTest {

    @Test
    void theStatementIsInTheWordsOfTrino() {
        assertThat(AthenaTable.inTrino("""
                        -- a comment (with brackets)
                        CREATE TABLE IF NOT EXISTS logs.t (
                          `cluster_name` string,
                          `log_time` timestamp,
                          `rows` int,
                          `bytes` bigint,
                          `ratio` double,
                          `buckets` map<int,bigint>,
                          `alerts` map<string,bigint>
                        )
                        PARTITIONED BY (cluster_name, day(log_time))
                        LOCATION 's3://YOUR_BUCKET/YOUR_PREFIX/data/t/'
                        TBLPROPERTIES (
                          'table_type' = 'ICEBERG'
                        )
                        """, "s3://lake")).isEqualTo("""
                        CREATE TABLE IF NOT EXISTS logs.t (
                          "cluster_name" varchar,
                          "log_time" timestamp(6),
                          "rows" integer,
                          "bytes" bigint,
                          "ratio" double,
                          "buckets" map(integer, bigint),
                          "alerts" map(varchar, bigint)
                        ) WITH (format = 'PARQUET', format_version = 2, partitioning = ARRAY['cluster_name', 'day(log_time)'], location = 's3://lake/data/t/')""");
    }

    @Test
    void anotherFileIsRefused() {
        assertThatThrownBy(() -> AthenaTable.inTrino("CREATE VIEW v AS SELECT 1", "s3://lake"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CREATE VIEW v");
    }
}
