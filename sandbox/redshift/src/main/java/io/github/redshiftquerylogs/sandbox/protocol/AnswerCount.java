package io.github.redshiftquerylogs.sandbox.protocol;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Follows PostgreSQL's messages to a client, without their contents: how many requests are answered, and whether the session is
 * in a transaction. One thread adds requests, one adds answers; any thread
 * may ask.
 */
final class AnswerCount {

    private static final int HEADER_BYTES = 5;

    private final byte[] header = new byte[HEADER_BYTES];
    private int headerBytes;
    private int bodyLeft;
    private final AtomicInteger requested = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile char status = 'I';
    private volatile boolean failed;

    /** Adds a message of the client, before PostgreSQL gets it. */
    void request(int type) {
        if (type == 'Q' || type == 'S' || type == 'F') {
            requested.incrementAndGet();
        }
    }

    /** Whether a request is not answered yet. */
    boolean isBusy() {
        return requested.get() != answered.get();
    }

    /** Adds the next bytes, in any portions. */
    void add(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            if (headerBytes < HEADER_BYTES) {
                header[headerBytes++] = bytes[at++];
                if (headerBytes == HEADER_BYTES) {
                    begin();
                }
            } else {
                int part = Math.min(bodyLeft, length - at);
                at += part;
                bodyLeft -= part;
                if (bodyLeft == 0) {
                    end((char) bytes[at - 1]);
                }
            }
        }
    }

    private void begin() {
        bodyLeft = ByteBuffer.wrap(header).getInt(1) - 4;
        if (header[0] == 'E') {
            failed = true;
        }
        if (bodyLeft == 0) {
            headerBytes = 0;
        }
    }

    private void end(char last) {
        headerBytes = 0;
        if (header[0] == 'Z') {
            status = last;
            answered.incrementAndGet();
        }
    }

    /** How often PostgreSQL was ready for the next request. */
    int answered() {
        return answered.get();
    }

    boolean isInTransaction() {
        return status != 'I';
    }

    /** Whether there was an error since {@link #forgetErrors}. */
    boolean hasFailed() {
        return failed;
    }

    void forgetErrors() {
        failed = false;
    }
}
