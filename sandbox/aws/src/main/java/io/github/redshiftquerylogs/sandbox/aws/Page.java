package io.github.redshiftquerylogs.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The part of a list that one call returns; {@code NextToken} tells where the next call goes on. */
final class Page {

    private static final int LONGEST = 100;

    private Page() {}

    static ObjectNode of(String field, List<? extends JsonNode> items, JsonNode request) {
        int start = Math.min(startOf(request), items.size());
        int end = Math.min(start + request.path("MaxResults").asInt(LONGEST), items.size());
        ObjectNode page = Json.object();
        page.set(field, Json.array(items.subList(start, end)));
        if (end < items.size()) {
            page.put("NextToken", Integer.toString(end));
        }
        return page;
    }

    private static int startOf(JsonNode request) {
        String token = request.path("NextToken").asText("0");
        if (!token.matches("\\d{1,9}")) {
            throw new AwsError("InvalidInputException", "NextToken is not one of ours");
        }
        return Integer.parseInt(token);
    }
}
