package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;

class TickFailedExceptionTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a\u2028b", "a\u0085b"})
    void lineBreaksOfAnExceptionAndOfItsCausesAreWrittenByTheirNumbers(String text) {
        for (RuntimeException exception : new RuntimeException[] {
            new IllegalStateException(text), new IllegalStateException("c", new IllegalArgumentException(text))
        }) {
            RuntimeException shown = TickFailedException.onOneLine(exception);
            assertThat(shown)
                    .hasNoCause()
                    .hasMessageContaining("IllegalStateException: ")
                    .hasMessageContaining("<U+");
            assertThat(shown.getMessage()).doesNotContainPattern("\\R");
            assertThat(shown.getStackTrace()).isEqualTo(exception.getStackTrace());
        }
    }

    @Test
    void anExceptionOfOneLineStaysAsItIs() {
        RuntimeException exception = new IllegalStateException("a b", new IllegalArgumentException());
        assertThat(TickFailedException.onOneLine(exception)).isSameAs(exception);
    }

    @Test
    void theHandlerThrowsOnOneLine() {
        SsmClient broken = new SsmClient() {
            @Override
            public GetParametersResponse getParameters(GetParametersRequest request) {
                throw new IllegalStateException("<html>\r\n<body>Bad Gateway");
            }

            @Override
            public String serviceName() {
                return "ssm";
            }

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> TestingServices.handler(new TestingServices().services(broken))
                        .handleRequest(Map.of(), TestingContext.begun()))
                .isInstanceOf(TickFailedException.class)
                .hasMessageContaining("<html><U+000D><U+000A><body>Bad Gateway");
    }
}
