package io.github.redshiftquerylogs.sandbox.unload;

import java.nio.file.Path;

/**
 * A file of an UNLOAD.
 *
 * @param name the part of its key after the prefix
 * @param content the local file
 * @param length its size in bytes
 * @param rows the number of its rows
 */
record UnloadFile(String name, Path content, long length, long rows) {}
