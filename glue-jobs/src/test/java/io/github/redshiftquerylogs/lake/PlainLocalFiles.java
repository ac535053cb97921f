package io.github.redshiftquerylogs.lake;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without permissions and checksum files. Without its native library, Hadoop sets each
 * permission by a process {@code chmod}: two processes for each file that Iceberg writes.
 */
public final class PlainLocalFiles extends RawLocalFileSystem {

    @Override
    public String getScheme() {
        return "file";
    }

    @Override
    public void setPermission(Path path, FsPermission permission) {
        // what the umask allows is enough for a test
    }
}
