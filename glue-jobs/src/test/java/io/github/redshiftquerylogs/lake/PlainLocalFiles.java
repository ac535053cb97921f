package io.github.redshiftquerylogs.lake;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without permissions and checksum files. Without Hadoop's native library each permission is
 * set by a process {@code chmod}, two of them for each file that Iceberg writes: most of the time of a commit.
 */
public final class PlainLocalFiles extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) {
        // the umask's will do
    }
}
