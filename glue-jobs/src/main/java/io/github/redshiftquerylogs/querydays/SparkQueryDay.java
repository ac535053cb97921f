package io.github.redshiftquerylogs.querydays;

import io.github.redshiftquerylogs.lake.LakeColumns;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.statement.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Groups the runs of a day by Spark SQL. */
public final class SparkQueryDay implements QueryDay {

    private final SparkSession spark;
    private final String database;

    /**
     * Reads a lake by a Spark session.
     *
     * @param spark the session, whose catalogs include that of the lake; it is not changed
     * @param database the catalog and database of the lake, such as {@code glue_catalog.redshift_query_logs_db}
     */
    public SparkQueryDay(SparkSession spark, String database) {
        this.spark = spark.newSession();
        this.database = database;
        UDF1<String, String> shape = text -> Optional.ofNullable(text)
                .flatMap(stored -> Statement.of(stored).shape())
                .orElse(null);
        UDF0<Integer> version = () -> Statement.VERSION;
        // a day of a cluster is little data
        this.spark
                .conf()
                .set(
                        "spark.sql.shuffle.partitions",
                        Integer.toString(2 * spark.sparkContext().defaultParallelism()));
        this.spark.udf().register("shape_of", shape, DataTypes.StringType);
        this.spark.udf().register("shape_version", version, DataTypes.IntegerType);
    }

    @Override
    public void read(ClusterName cluster, LocalDate day, Consumer<Map<String, Object>> groups) {
        for (QueryDayInput input : QueryDayInput.values()) {
            view(input, cluster, day);
        }
        Dataset<Row> runs = spark.sql(
                        sql("runs.sql"),
                        Map.of(
                                "begin",
                                day.atStartOfDay(),
                                "end",
                                day.plusDays(1).atStartOfDay()))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            runs.createOrReplaceTempView("run_of_day");
            // row by row: a day may have more groups than fit into the driver
            Iterator<Row> rows = spark.sql(sql("query_days.sql")).toLocalIterator();
            while (rows.hasNext()) {
                groups.accept(values(rows.next()));
            }
        } finally {
            runs.unpersist();
        }
    }

    /** The rows of an input around a day; columns that the lake lacks are null. */
    private void view(QueryDayInput input, ClusterName cluster, LocalDate day) {
        StructType read = input.schema();
        String table = database + "." + input.table();
        Dataset<Row> rows;
        if (spark.catalog().tableExists(table)) {
            Dataset<Row> all = spark.table(table);
            Set<String> present = Set.of(all.columns());
            rows = all.where(functions.col(LakeColumns.CLUSTER_NAME).equalTo(cluster.value()))
                    .where(functions
                            .col(LakeColumns.LOG_TIME)
                            .geq(day.minusDays(input.daysBefore()).atStartOfDay()))
                    .where(functions
                            .col(LakeColumns.LOG_TIME)
                            .lt(day.plusDays(1 + input.daysAfter()).atStartOfDay()))
                    .select(Arrays.stream(read.fields())
                            .map(field -> (present.contains(field.name())
                                            ? functions.col(field.name())
                                            : functions.lit(null))
                                    .cast(field.dataType())
                                    .as(field.name()))
                            .toArray(Column[]::new));
        } else {
            rows = spark.createDataFrame(List.<Row>of(), read);
        }
        rows.createOrReplaceTempView(input.table());
    }

    private static Map<String, Object> values(Row row) {
        Map<String, Object> values = new HashMap<>();
        for (String column : row.schema().fieldNames()) {
            int at = row.fieldIndex(column);
            if (!row.isNullAt(at)) {
                values.put(
                        column, row.get(at) instanceof scala.collection.Map<?, ?> ? row.getJavaMap(at) : row.get(at));
            }
        }
        return values;
    }

    private static String sql(String name) {
        try (InputStream file = SparkQueryDay.class.getResourceAsStream("/querydays/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the job lacks its resource querydays/" + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
