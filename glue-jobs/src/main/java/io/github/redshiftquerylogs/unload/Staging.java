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
 * Where one UNLOAD writes to: a place of its own, which nobody else writes to or reads, and which goes when its rows are
 * in the lake or not needed. That of a run that died stays; nobody reads it.
 */
public final class Staging implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

    private final FileIO io;
    private final String location;

    /**
     * Names it; nothing is done there.
     *
     * @param io what the table of the lake is read and written by
     * @param location in S3, with a slash at its end
     * @throws IllegalArgumentException if removing all that is there might remove something else
     */
    public Staging(FileIO io, String location) {
        // Iceberg ends a location at a question mark or a hash, and takes it for the beginning of keys
        if (!location.endsWith("/") || location.contains("?") || location.contains("#")) {
            throw new IllegalArgumentException(
                    "staging '" + location + "': expected a location without '?' and '#', with '/' at its end");
        }
        this.io = io;
        this.location = location;
    }

    /** Where it is, with a slash at its end. */
    public String location() {
        return location;
    }

    /**
     * What was unloaded; empty if there is no manifest: a query without rows may write nothing at all.
     *
     * @throws UnloadException if there are files without a manifest, or it cannot be trusted
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

    /** Removes all that is there. A failure is logged: what stays is in nobody's way. */
    @Override
    public void close() {
        try {
            prefixes().deletePrefix(location);
        } catch (RuntimeException e) {
            LOG.warn("cannot remove {}", location, e);
        }
    }
}
