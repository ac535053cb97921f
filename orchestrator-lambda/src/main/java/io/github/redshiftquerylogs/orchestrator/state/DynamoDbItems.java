package io.github.redshiftquerylogs.orchestrator.state;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keys and attributes of items of the state table. */
public final class DynamoDbItems {

    private DynamoDbItems() {}

    /** The key of an entry of a cluster; the map may be extended by attributes. */
    public static Map<String, AttributeValue> key(ClusterName cluster, String entry) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put(ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(cluster.value()));
        key.put(ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(entry));
        return key;
    }

    /** The text of an attribute; empty if the attribute is missing or no text. */
    public static Optional<String> text(Map<String, AttributeValue> item, String attribute) {
        return Optional.ofNullable(item.get(attribute)).map(AttributeValue::s);
    }
}
