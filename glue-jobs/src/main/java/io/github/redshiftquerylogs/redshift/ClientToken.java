package io.github.redshiftquerylogs.redshift;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Client tokens, by which the Data API recognises a repeated request; pure. */
final class ClientToken {

    private ClientToken() {}

    /**
     * A token that is equal for the same statement of the same session of a run; 64 characters, the maximum. The SQL is
     * part of it, so another statement is never taken for a repetition.
     *
     * @param run the run and its cluster: runs of two clusters may have the same id
     * @param ordinal the number of the statement in its session
     */
    static String of(String run, String purpose, int ordinal, String sql) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {run, purpose, Integer.toString(ordinal), sql}) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java runtime lacks SHA-256", e);
        }
    }
}
