package io.github.redshiftquerylogs.sandbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupMessageTest {

    private static final int PROTOCOL = 3 << 16;

    @Test
    void dropsWhatOnlyRedshiftKnowsAndKeepsTheRestInOrder() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "exporter");
        parameters.put("driver_version", "2.3.0");
        parameters.put("_pq_.compression", "lz4");
        parameters.put("application_name", "[Zoë]");
        parameters.put("database", "dev");
        StartupMessage sent = new StartupMessage(PROTOCOL, parameters);
        byte[] bytes = sent.withoutRedshiftParameters().bytes();

        assertThat(ByteBuffer.wrap(bytes).getInt()).isEqualTo(bytes.length);
        byte[] body = java.util.Arrays.copyOfRange(bytes, 8, bytes.length);
        assertThat(StartupMessage.parse(PROTOCOL, body).parameters())
                .containsExactly(
                        Map.entry("user", "exporter"),
                        Map.entry("application_name", "[Zoë]"),
                        Map.entry("database", "dev"));
    }

    @Test
    void refusesAMessageThatEndsWithinAString() {
        assertThatThrownBy(() -> StartupMessage.parse(PROTOCOL, new byte[] {'u', 's'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ends within a string");
    }
}
