package io.github.redshiftquerylogs.sandbox.unload;

import java.io.IOException;
import java.nio.file.Path;

/** Where a cluster unloads to: S3, as far as UNLOAD needs it. */
public interface ObjectStore {

    /**
     * Whether there is any object whose key begins so.
     *
     * @throws IOException if the store refuses; its message becomes that of the failed UNLOAD
     */
    boolean holdsAny(String bucket, String keyPrefix) throws IOException;

    /**
     * Writes an object, in place of the one that is there.
     *
     * @throws IOException if the store refuses; its message becomes that of the failed UNLOAD
     */
    void put(String bucket, String key, Path content) throws IOException;
}
