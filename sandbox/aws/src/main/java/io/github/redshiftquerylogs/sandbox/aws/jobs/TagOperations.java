package io.github.redshiftquerylogs.sandbox.aws.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.aws.wire.LocalArns;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tags of Glue resources, by ARN. */
public final class TagOperations {

    private final Map<String, ObjectNode> tags = new ConcurrentHashMap<>();

    public Map<String, Operation> operations() {
        return Map.of("GetTags", this::get, "TagResource", this::tag, "UntagResource", this::untag);
    }

    static String jobArn(String job) {
        return LocalArns.of("glue", "job/" + job);
    }

    void add(String arn, JsonNode added) {
        tags.compute(arn, (key, old) -> (old == null ? Json.object() : old.deepCopy()).setAll(Json.copy(added)));
    }

    void removeAll(String arn) {
        tags.remove(arn);
    }

    private JsonNode get(JsonNode request) {
        return Json.object().set("Tags", tags.getOrDefault(Json.text(request, "ResourceArn"), Json.object()));
    }

    private JsonNode tag(JsonNode request) {
        add(Json.text(request, "ResourceArn"), request.path("TagsToAdd"));
        return Json.object();
    }

    private JsonNode untag(JsonNode request) {
        tags.computeIfPresent(
                Json.text(request, "ResourceArn"),
                (arn, old) -> old.deepCopy().remove(Json.strings(request.path("TagsToRemove"))));
        return Json.object();
    }
}
