package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.unload.Staging;
import java.util.Optional;

/**
 * A window whose rows were read and written to files that are not yet part of the lake.
 *
 * @param written the files
 * @param staging the target of the UNLOAD; empty if the rows were fetched. It is removed on close
 */
public record ReadWindow(WrittenFiles written, Optional<Staging> staging) implements AutoCloseable {

    /** Whether the rows were unloaded; otherwise they were fetched. */
    public boolean unloaded() {
        return staging.isPresent();
    }

    @Override
    public void close() {
        staging.ifPresent(Staging::close);
    }
}
