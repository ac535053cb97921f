package io.github.redshiftquerylogs.sandbox.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StageTest {

    private static Optional<Stage.Sign> sign(String operation, String entry) {
        String body =
                "{\"TableName\":\"export_state\",\"Key\":{\"cluster_name\":{\"S\":\"web_shop\"},\"entry\":{\"S\":\""
                        + entry + "\"}}}";
        return Stage.Sign.of(new ReceivedCall("local", "dynamodb", operation, "/", Map.of(), body));
    }

    @Test
    void writesToTheStateTableShowTheStage() {
        assertThat(sign("UpdateItem", "table#stl_query")).contains(new Stage.Sign("web_shop", Stage.EXPORT));
        assertThat(sign("UpdateItem", "seal")).contains(new Stage.Sign("web_shop", Stage.SEALING));
    }

    @Test
    void otherCallsShowNothing() {
        assertThat(sign("UpdateItem", "start#latest")).isEmpty();
        assertThat(sign("GetItem", "seal")).isEmpty();
        assertThat(Stage.Sign.of(new ReceivedCall("local", "dynamodb", "UpdateItem", "/", Map.of(), "cut {")))
                .isEmpty();
    }
}
