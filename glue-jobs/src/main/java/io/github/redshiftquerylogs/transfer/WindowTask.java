package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.lake.WrittenFiles;
import java.io.Serializable;

/** The work of one Spark task: reads rows of a window once and writes them to files. */
public interface WindowTask extends Serializable {

    /**
     * Reads and writes the rows.
     *
     * @param partition number of the Spark partition, part of the file names
     * @param attempt number of the Spark task attempt, part of the file names
     * @throws io.github.redshiftquerylogs.failure.OutOfWindowException if a row is outside of the window
     */
    WrittenFiles run(int partition, long attempt);

    /** Removes the secrets that the task knows from a message of a driver or a library. */
    String redact(String text);
}
