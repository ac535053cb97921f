package io.github.redshiftquerylogs.transfer;

import java.util.List;
import java.util.TimeZone;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Each window is one Spark job, so that tables are read side by side on whatever cores there are. */
public final class SparkWindowTasks implements WindowTasks {

    private static final String DRIVER = "driver";

    private final JavaSparkContext spark;

    /** Runs tasks in the session. */
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
