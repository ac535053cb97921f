package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.unload.Staging;
import java.util.Optional;

/**
 * A window that was read and written, but is not part of the lake yet.
 *
 * @param written its files
 * @param staging where it was unloaded to, if it was; removed when this is closed
 */
record ReadWindow(WrittenFiles written, Optional<Staging> staging) implements AutoCloseable {

    @Override
    public void close() {
        staging.ifPresent(Staging::close);
    }
}
