package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keys and attributes of items of the state table. */
final class StateItems {

    private StateItems() {}

    /** The key of an entry of a cluster; attributes may be added. */
    static Map<String, AttributeValue> key(ClusterName cluster, String entry) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put(ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(cluster.value()));
        key.put(ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(entry));
        return key;
    }

    /** The text of an attribute; empty if there is none, or no text in it. */
    static Optional<String> text(Map<String, AttributeValue> item, String attribute) {
        @Nullable AttributeValue value = item.get(attribute);
        return value == null ? Optional.empty() : Optional.ofNullable(value.s());
    }
}
