package io.github.redshiftquerylogs.sandbox.unload;

import java.nio.file.Path;

/**
 * A file that an UNLOAD has written.
 *
 * @param name what follows the prefix in its key
 * @param content where it lies until it is in the store
 * @param length its bytes
 * @param rows how many it has
 */
record UnloadFile(String name, Path content, long length, long rows) {}
