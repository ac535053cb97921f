package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.lake.WrittenFiles;
import java.io.Serializable;

/** What a Spark task does: reads rows of a window, once, straight into files. */
public interface WindowTask extends Serializable {

    /**
     * Reads and writes.
     *
     * @param partition of the Spark job, part of file names
     * @param attempt of the Spark task, part of file names
     * @throws io.github.redshiftquerylogs.failure.OutOfWindowException if a row does not belong to the window
     */
    WrittenFiles run(int partition, long attempt);

    /** Removes the secrets that the task knows from a text that others wrote. */
    String redact(String text);
}
