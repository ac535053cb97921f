package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.WindowWrite;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import java.io.Serializable;
import java.util.List;
import java.util.TimeZone;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Each window is one Spark job of one task, so that tables are read side by side on whatever cores there are. */
final class SparkWindowTasks implements WindowTasks {

    private final JavaSparkContext spark;

    SparkWindowTasks(SparkSession session) {
        this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    /** What a task ends with. A failure is a result as well: Spark would log it with all its text, and read again. */
    private record Result(
            @Nullable WrittenFiles written, @Nullable RuntimeException failure) implements Serializable {}

    @Override
    public WrittenFiles run(String description, WindowWrite task) {
        spark.sc().setJobDescription(description);
        Result result = spark.parallelize(List.of(task), 1)
                .map(SparkWindowTasks::runHere)
                .first();
        if (result.written() != null) {
            return result.written();
        }
        throw result.failure() != null ? result.failure() : new IllegalStateException("a task without a result");
    }

    private static Result runHere(WindowWrite task) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        TaskContext context = TaskContext.get();
        try {
            return new Result(task.run(context.partitionId(), context.taskAttemptId()), null);
        } catch (RuntimeException e) {
            return new Result(null, e);
        }
    }
}
