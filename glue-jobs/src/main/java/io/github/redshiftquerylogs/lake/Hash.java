package io.github.redshiftquerylogs.lake;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of a SHA-256 digest.
 *
 * @param high the upper half
 * @param low the lower half
 */
record Hash(long high, long low) {

    static final Hash ZERO = new Hash(0, 0);

    static Hash of(byte[] bytes) {
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(bytes));
        return new Hash(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }

    /** The sum modulo 2<sup>128</sup>: it does not depend on the order, and each addend counts as often as it occurs. */
    Hash plus(Hash other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Hash(high + other.high + carry, sum);
    }

    /** The other addend of a sum. */
    Hash minus(Hash other) {
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new Hash(high - other.high - borrow, low - other.low);
    }

    /** The part that this hash belongs to, from 0. */
    int part(int parts) {
        return (int) Long.remainderUnsigned(low, parts);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
