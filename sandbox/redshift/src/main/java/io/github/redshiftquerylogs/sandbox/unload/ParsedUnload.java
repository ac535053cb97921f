package io.github.redshiftquerylogs.sandbox.unload;

import java.util.List;
import java.util.Optional;

/**
 * An UNLOAD statement.
 *
 * @param select the query, unquoted
 * @param bucket of the target
 * @param keyPrefix the prefix of all keys
 * @param roles the chain of role ARNs; empty for {@code IAM_ROLE default}
 * @param manifest whether a manifest is written
 * @param verbose whether the manifest contains the schema and row counts
 * @param allowOverwrite whether objects at the target are overwritten
 * @param parallel whether each slice writes files of its own
 * @param maxFileSize size in bytes after which a slice begins a new file
 * @param region of the bucket, if given
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html">UNLOAD</a>
 */
public record ParsedUnload(
        String select,
        String bucket,
        String keyPrefix,
        List<String> roles,
        boolean manifest,
        boolean verbose,
        boolean allowOverwrite,
        boolean parallel,
        long maxFileSize,
        Optional<String> region) {

    public ParsedUnload {
        roles = List.copyOf(roles);
    }

    /** Whether a statement is an UNLOAD, valid or not. */
    public static boolean isUnload(String sql) {
        return SqlTokens.beginsWith(sql, "unload");
    }

    /**
     * Parses a statement.
     *
     * @throws UnloadRefusedException if it is invalid or not supported by the stand-in
     */
    public static ParsedUnload parse(String sql) throws UnloadRefusedException {
        return new UnloadParser(SqlTokens.of(sql)).parse();
    }
}
