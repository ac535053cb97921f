package io.github.redshiftquerylogs.unload;

import io.github.redshiftquerylogs.failure.UnloadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The target folder of one UNLOAD. No other UNLOAD uses it. It is removed when its rows are in the lake or not needed;
 * the folder of a run that died stays, and is never read.
 */
public final class Staging implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

    private final FileIO io;
    private final String location;

    /**
     * A folder; nothing is created.
     *
     * @param io the file access of the lake's table
     * @param location in S3, with a trailing slash
     * @throws IllegalArgumentException if the location contains '?' or '#': removing it could remove other files
     */
    public Staging(FileIO io, String location) {
        // Iceberg cuts a location at a question mark or a hash, and would use the rest as a key prefix
        if (!location.endsWith("/") || location.contains("?") || location.contains("#")) {
            throw new IllegalArgumentException(
                    "staging '" + location + "': expected a location without '?' and '#', with '/' at its end");
        }
        this.io = io;
        this.location = location;
    }

    /** The location, with a trailing slash. */
    public String location() {
        return location;
    }

    /**
     * The manifest; empty if there is none: an UNLOAD without rows may write no file at all.
     *
     * @throws UnloadException if there are files without a manifest, or the manifest is inconsistent
     */
    public Optional<UnloadManifest> manifest() {
        try (InputStream in = io.newInputFile(location + "manifest").newStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(UnloadManifest.parse(text, location));
        } catch (NotFoundException e) {
            for (FileInfo file : prefixes().listPrefix(location)) {
                throw new UnloadException("there is no manifest in " + location + ", but " + file.location()
                        + ": expected both or neither");
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest of " + location, e);
        }
    }

    private SupportsPrefixOperations prefixes() {
        if (io instanceof SupportsPrefixOperations prefixes) {
            return prefixes;
        }
        throw new IllegalStateException(io.getClass() + " cannot list files: expected S3FileIO");
    }

    /** Removes all files. A failure is logged only: files that stay are never read. */
    @Override
    public void close() {
        try {
            prefixes().deletePrefix(location);
        } catch (RuntimeException e) {
            LOG.warn("cannot remove {}", location, e);
        }
    }
}
