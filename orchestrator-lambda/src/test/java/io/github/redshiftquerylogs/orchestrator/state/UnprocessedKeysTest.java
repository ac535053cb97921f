package io.github.redshiftquerylogs.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** DynamoDB may return a part of a batch; DynamoDB Local never does. */
class UnprocessedKeysTest {

    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");

    private final List<Duration> pauses = new ArrayList<>();

    private DynamoDbStateTable table(DynamoDbClient dynamoDb) {
        return new DynamoDbStateTable(dynamoDb, "export_state", new Retrier(pauses::add));
    }

    /** Returns items for the first keys of each call only. */
    private record Throttled(int keysPerCall, List<Integer> asked) implements DynamoDbClient {

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            KeysAndAttributes all = request.requestItems().get("export_state");
            if (all == null || !all.consistentRead()) {
                throw new IllegalStateException("unexpected " + request);
            }
            asked.add(all.keys().size());
            int answered = Math.min(keysPerCall, all.keys().size());
            BatchGetItemResponse.Builder response = BatchGetItemResponse.builder()
                    .responses(Map.of(
                            "export_state",
                            all.keys().subList(0, answered).stream()
                                    .map(Throttled::item)
                                    .toList()));
            if (answered < all.keys().size()) {
                KeysAndAttributes rest = all.toBuilder()
                        .keys(all.keys().subList(answered, all.keys().size()))
                        .build();
                response.unprocessedKeys(Map.of("export_state", rest));
            }
            return response.build();
        }

        private static Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
            Map<String, AttributeValue> item = new HashMap<>(key);
            item.put("tick", AttributeValue.fromS(TICK.toString()));
            item.put("run_id", AttributeValue.fromS("jr_1"));
            item.put("first_tick", AttributeValue.fromS(TICK.toString()));
            return item;
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }

    @Test
    void aMissingTableIsNamedWithItsVariable() {
        DynamoDbClient withoutTable = new DynamoDbClient() {
            @Override
            public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
                throw ResourceNotFoundException.builder()
                        .message("Requested resource not found")
                        .build();
            }

            @Override
            public String serviceName() {
                return "dynamodb";
            }

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> table(withoutTable).read(clusters(1)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessage("State table 'export_state' not found (variable STATE_TABLE)");
    }

    private static List<ClusterName> clusters(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new ClusterName("cluster-" + number))
                .toList();
    }

    @Test
    void whatIsLeftUnprocessedIsAskedForAgainAfterAPause() {
        List<Integer> asked = new ArrayList<>();
        assertThat(table(new Throttled(30, asked)).read(clusters(23)).values())
                .hasSize(23)
                .doesNotContain(ClusterHistory.NONE);
        // four entries of each cluster
        assertThat(asked).containsExactly(92, 62, 32, 2);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void slowProgressIsProgressHoweverManyCallsItTakes() {
        assertThat(table(new Throttled(1, new ArrayList<>())).read(clusters(7)).values())
                .hasSize(7)
                .doesNotContain(ClusterHistory.NONE);
    }

    @Test
    void allEntriesOfTwentyFiveClustersAreOneCall() {
        List<Integer> asked = new ArrayList<>();
        table(new Throttled(100, asked)).read(clusters(25));
        assertThat(asked).containsExactly(100);
    }

    @Test
    void withoutProgressItFailsInsteadOfTakingEveryClusterForNew() {
        List<Integer> asked = new ArrayList<>();
        assertThatThrownBy(() -> table(new Throttled(0, asked)).read(clusters(3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("table export_state was asked 5 times for 12 entries and left all unprocessed");
        assertThat(asked).containsExactly(12, 12, 12, 12, 12);
    }
}
