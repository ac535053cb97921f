package io.github.redshiftquerylogs.compaction;

import io.github.redshiftquerylogs.lake.PartitionRewriter;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.actions.SizeBasedFileRewritePlanner;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/** Iceberg's {@code rewrite_data_files}: Spark sorts the rows of all files and writes them into new ones, by one commit. */
public final class SparkRewriter implements PartitionRewriter {

    private final SparkSession spark;

    /** Uses a Spark session; the caller stops it. */
    public SparkRewriter(SparkSession spark) {
        this.spark = spark;
    }

    @Override
    public void rewrite(Rewrite rewrite) {
        SortOrder.Builder order = SortOrder.builderFor(rewrite.table().schema());
        rewrite.sortBy().forEach(order::asc);
        RewriteDataFiles action = SparkActions.get(spark)
                .rewriteDataFiles(rewrite.table())
                .filter(rewrite.rows())
                .sort(order.build())
                .option(SizeBasedFileRewritePlanner.REWRITE_ALL, "true")
                .option(RewriteDataFiles.TARGET_FILE_SIZE_BYTES, Long.toString(rewrite.targetBytes()));
        rewrite.properties().forEach(action::snapshotProperty);
        action.execute();
    }
}
