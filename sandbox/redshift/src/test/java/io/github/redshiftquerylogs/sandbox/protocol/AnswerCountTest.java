package io.github.redshiftquerylogs.sandbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCountTest {

    /** A row with a Z in it, the end of its statement, and two answers: in a transaction, and out of it. */
    private static final byte[] ANSWERS = concat(
            message('D', 'Z', 0, 0, 0, 5, 'I'),
            message('n'),
            message('C', 'O', 'K', 0),
            message('Z', 'T'),
            message('Z', 'I'),
            message('Z', 'T'));

    private static byte[] message(int type, int... body) {
        ByteBuffer message =
                ByteBuffer.allocate(5 + body.length).put((byte) type).putInt(4 + body.length);
        for (int b : body) {
            message.put((byte) b);
        }
        return message.array();
    }

    private static byte[] concat(byte[]... messages) {
        ByteBuffer all = ByteBuffer.allocate(200);
        for (byte[] message : messages) {
            all.put(message);
        }
        byte[] bytes = new byte[all.position()];
        all.flip().get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 11, 1000})
    void countsAnswersInPortionsOfAnySize(int portion) {
        AnswerCount count = new AnswerCount();
        for (int from = 0; from < ANSWERS.length; from += portion) {
            int length = Math.min(portion, ANSWERS.length - from);
            byte[] bytes = new byte[length];
            System.arraycopy(ANSWERS, from, bytes, 0, length);
            count.add(bytes, length);
        }
        assertThat(count.answered()).isEqualTo(3);
        assertThat(count.isInTransaction()).isTrue();
        assertThat(count.hasFailed()).isFalse();
    }

    @Test
    void isBusyUntilEachRequestIsAnswered() {
        AnswerCount count = new AnswerCount();
        for (int type : "PBESQ".toCharArray()) {
            count.request(type);
        }
        byte[] ready = message('Z', 'I');
        count.add(ready, ready.length);
        assertThat(count.isBusy()).isTrue();
        count.add(ready, ready.length);
        assertThat(count.isBusy()).isFalse();
    }

    @Test
    void knowsErrorsAndTheEndOfATransaction() {
        AnswerCount count = new AnswerCount();
        byte[] failure = concat(message('E', 'S', 0), message('Z', 'I'));
        count.add(failure, failure.length);
        assertThat(count.hasFailed()).isTrue();
        assertThat(count.isInTransaction()).isFalse();
        count.forgetErrors();
        assertThat(count.hasFailed()).isFalse();
    }
}
