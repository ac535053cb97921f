package io.github.redshiftquerylogs.seal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The end of the chain of a cluster's entries; pure. Each head is a digest of the entry and of the head before it, so a
 * head that was kept elsewhere proves all entries up to it.
 *
 * @param sequence the number of entries
 * @param head 64 hexadecimal digits
 */
public record Chain(long sequence, String head) {

    /** The chain of a cluster without entries. */
    public static final Chain EMPTY = new Chain(0, "0".repeat(64));

    /**
     * The chain with one more entry.
     *
     * @param cluster the name of the cluster
     */
    public Chain plus(String cluster, SealedDay entry) {
        return new Chain(sequence + 1, digest(head + "|" + (sequence + 1) + "|" + cluster + "|" + entry.text()));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }
}
