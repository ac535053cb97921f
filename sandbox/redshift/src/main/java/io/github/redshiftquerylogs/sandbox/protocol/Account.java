package io.github.redshiftquerylogs.sandbox.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What PostgreSQL knows of a user at a login.
 *
 * @param password {@code md5} and the hash, as PostgreSQL keeps it
 * @param state changes with everything that a new session would begin with: user, database and their settings
 */
public record Account(String password, String state) {

    private static final String PREFIX = "md5";

    /** Tells what PostgreSQL knows at the moment; empty if there is no such user or database, or no password. */
    @FunctionalInterface
    public interface Directory {
        Optional<Account> find(String user, String database);
    }

    /**
     * Whether a client's answer to a request for its password is right.
     *
     * @see <a href="https://www.postgresql.org/docs/15/protocol-flow.html">AuthenticationMD5Password</a>
     */
    boolean admits(byte[] salt, String answer) {
        return password.startsWith(PREFIX)
                && answer.equals(hash(password.substring(PREFIX.length()).getBytes(StandardCharsets.US_ASCII), salt));
    }

    /** Whether this is the password of the user. */
    public boolean hasPassword(String user, String candidate) {
        return password.equals(hash(candidate.getBytes(StandardCharsets.UTF_8), user.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hash(byte[] first, byte[] second) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(first);
            return PREFIX + HexFormat.of().formatHex(md5.digest(second));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
