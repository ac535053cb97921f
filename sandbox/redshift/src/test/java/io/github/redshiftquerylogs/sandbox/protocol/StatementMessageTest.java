package io.github.redshiftquerylogs.sandbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatementMessageTest {

    @Test
    void theOtherPartsOfAMessageStay() {
        StatementMessage parse = StatementMessage.parse(bytes("S_1\0set x to 'ü'\0\0\1\0\0\0\5"));

        assertThat(parse.statement()).isEqualTo("set x to 'ü'");
        assertThat(parse.isNamed()).isTrue();
        assertThat(parse.with("ä")).isEqualTo(bytes("S_1\0ä\0\0\1\0\0\0\5"));
    }

    @Test
    void aStatementMayHaveNoName() {
        assertThat(StatementMessage.parse(bytes("\0select 1\0\0\0")).isNamed()).isFalse();
        assertThat(StatementMessage.query(bytes("select 1\0")).isNamed()).isFalse();
        assertThat(StatementMessage.query(bytes("select 1\0")).with("x")).isEqualTo(bytes("x\0"));
    }

    @Test
    void aStatementWithoutEndIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> StatementMessage.query(bytes("select 1")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
