package io.github.redshiftquerylogs.transfer;

import java.util.List;
import java.util.TimeZone;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Runs the tasks of each window as one Spark job. Jobs of several tables share the available cores. */
public final class SparkWindowTasks implements WindowTasks {

    private static final String DRIVER = "driver";

    private final JavaSparkContext spark;

    /** Uses a Spark session; the caller stops it. */
    public SparkWindowTasks(SparkSession session) {
        this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    @Override
    public List<Result> run(String description, List<WindowTask> tasks) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        spark.sc().setJobDescription(description);
        return spark.parallelize(tasks, tasks.size())
                .map(SparkWindowTasks::runHere)
                .collect();
    }

    private static Result runHere(WindowTask task) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        if (!SparkEnv.get().executorId().equals(DRIVER)) {
            LogLevels.apply();
        }
        TaskContext context = TaskContext.get();
        return Result.of(task, context.partitionId(), context.taskAttemptId());
    }
}
