package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.WindowWrite;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Each window is one Spark job of one task, so that tables are read side by side on whatever cores there are. */
final class SparkWindowTasks implements WindowTasks {

    private final JavaSparkContext spark;

    SparkWindowTasks(SparkSession session) {
        this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    @Override
    public WrittenFiles run(String description, WindowWrite task) {
        spark.sc().setJobDescription(description);
        return spark.parallelize(List.of(task), 1)
                .map(SparkWindowTasks::runHere)
                .first();
    }

    private static WrittenFiles runHere(WindowWrite task) {
        TaskContext context = TaskContext.get();
        return task.run(context.partitionId(), context.taskAttemptId());
    }
}
