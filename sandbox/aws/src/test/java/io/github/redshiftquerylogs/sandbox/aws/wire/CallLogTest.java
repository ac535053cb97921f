package io.github.redshiftquerylogs.sandbox.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CallLogTest {

    private final CallLog log = new CallLog();

    @Test
    void callsAreKeptInTheirOrder() {
        log.add(call("a"));
        log.add(call("b"));

        assertThat(log.calls()).extracting(ReceivedCall::operation).containsExactly("a", "b");
        log.forget();
        assertThat(log.calls()).isEmpty();
    }

    @Test
    void ofVeryManyTheFirstAreForgotten() {
        for (int i = 0; i < 20_001; i++) {
            log.add(call("call " + i));
        }

        assertThat(log.calls())
                .hasSize(20_000)
                .extracting(ReceivedCall::operation)
                .startsWith("call 1")
                .endsWith("call 20000");
    }

    private static ReceivedCall call(String operation) {
        return new ReceivedCall("key", "service", operation, "/", Map.of(), "");
    }
}
