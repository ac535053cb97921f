package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.failure.ExportException;
import io.github.redshiftquerylogs.failure.RedactedException;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs window tasks, in Spark. */
@FunctionalInterface
public interface WindowTasks {

    /** Runs the tasks of a window to completion and returns one result per task. */
    List<Result> run(String description, List<WindowTask> tasks);

    /**
     * The result of a task. A failure is returned instead of thrown: Spark would log its full message and repeat the
     * task.
     */
    record Result(@Nullable WrittenFiles written, @Nullable RuntimeException failure) implements Serializable {

        /** Runs a task and captures its failure. */
        public static Result of(WindowTask task, int partition, long attempt) {
            try {
                return new Result(task.run(partition, attempt), null);
            } catch (ExportException | TooManyRowsException e) {
                return new Result(null, e);
            } catch (RuntimeException e) {
                // redacted here: after a rotation only the task knows the new password
                return new Result(null, RedactedException.of(e, task::redact));
            }
        }

        /** What was written; empty after a failure. */
        public Optional<WrittenFiles> files() {
            return Optional.ofNullable(written);
        }

        /** The failure; empty after a success. */
        public Optional<RuntimeException> problem() {
            return Optional.ofNullable(failure);
        }
    }
}
