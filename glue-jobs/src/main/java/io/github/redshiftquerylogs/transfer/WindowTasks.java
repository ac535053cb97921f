package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.failure.ExportException;
import io.github.redshiftquerylogs.failure.RedactedException;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where windows are read and written: Spark tasks. */
@FunctionalInterface
public interface WindowTasks {

    /** Runs the tasks of a window to their ends; a result for each. */
    List<Result> run(String description, List<WindowTask> tasks);

    /** What a task ends with. A failure is a result as well: Spark would log it with all its text, and read again. */
    record Result(@Nullable WrittenFiles written, @Nullable RuntimeException failure) implements Serializable {

        /** Runs a task. */
        public static Result of(WindowTask task, int partition, long attempt) {
            try {
                return new Result(task.run(partition, attempt), null);
            } catch (ExportException | TooManyRowsException e) {
                return new Result(null, e);
            } catch (RuntimeException e) {
                // cleaned here: after a rotation only the task knows the new password
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
