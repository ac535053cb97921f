package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.unload.Staging;
import java.util.Optional;

/**
 * A window that was read and written, but is not part of the lake yet.
 *
 * @param written its files
 * @param staging where it was unloaded to, if it was; removed when this is closed
 */
public record ReadWindow(WrittenFiles written, Optional<Staging> staging) implements AutoCloseable {

    /** Whether the cluster has unloaded it; otherwise it was fetched. */
    public boolean unloaded() {
        return staging.isPresent();
    }

    @Override
    public void close() {
        staging.ifPresent(Staging::close);
    }
}
