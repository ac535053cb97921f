package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.WindowWrite;
import io.github.redshiftquerylogs.lake.WrittenFiles;

/** Where windows are read and written: Spark tasks. */
@FunctionalInterface
interface WindowTasks {

    /** Runs one task to its end. */
    WrittenFiles run(String description, WindowWrite task);
}
