package io.github.redshiftquerylogs.sandbox.unload;

import java.io.IOException;
import java.nio.file.Path;

/** The target of UNLOAD: the operations of S3 that it needs. */
public interface ObjectStore {

    /**
     * Whether any object has a key with this prefix.
     *
     * @throws IOException if the store refuses; its message becomes that of the failed UNLOAD
     */
    boolean holdsAny(String bucket, String keyPrefix) throws IOException;

    /**
     * Writes an object; replaces an existing one.
     *
     * @throws IOException if the store refuses; its message becomes that of the failed UNLOAD
     */
    void put(String bucket, String key, Path content) throws IOException;
}
