package io.github.redshiftquerylogs.orchestrator.state;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keys and attributes of items of the state table. */
public final class DynamoDbItems {

    private DynamoDbItems() {}

    /** The key of an entry of a cluster; attributes may be added. */
    public static Map<String, AttributeValue> key(ClusterName cluster, String entry) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put(ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(cluster.value()));
        key.put(ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(entry));
        return key;
    }

    /** The text of an attribute; empty if there is none, or no text in it. */
    public static Optional<String> text(Map<String, AttributeValue> item, String attribute) {
        @Nullable AttributeValue value = item.get(attribute);
        return value == null ? Optional.empty() : Optional.ofNullable(value.s());
    }

    /** @throws java.time.DateTimeException if the item is not readable */
    static Seen seen(Map<String, AttributeValue> item) {
        return new Seen(
                Instant.parse(text(item, StateAttributes.FIRST_TICK).orElse("")),
                text(item, StateAttributes.LAST_LOOK).map(Instant::parse).orElse(null),
                text(item, StateAttributes.COUNTED_RUN).orElse(null));
    }
}
