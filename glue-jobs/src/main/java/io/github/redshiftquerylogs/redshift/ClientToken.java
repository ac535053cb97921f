package io.github.redshiftquerylogs.redshift;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells the Data API whether a request is a new one; pure. */
final class ClientToken {

    private ClientToken() {}

    /**
     * The same for the same statement of the same session of a run, 64 characters, the most that is allowed. The SQL is
     * part of it: another statement is never taken for one that ran before.
     *
     * @param ordinal of the statement in its session
     */
    static String of(String runId, String purpose, int ordinal, String sql) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {runId, purpose, Integer.toString(ordinal), sql}) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
