package io.github.redshiftquerylogs.sandbox.aws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Paging: one call returns part of a list and, in {@code NextToken}, the position of the next part. */
public final class Page {

    private static final int LONGEST = 100;

    private Page() {}

    /**
     * The page that a request asks for by {@code MaxResults} and {@code NextToken}.
     *
     * @param field the name of the list in the reply
     * @throws AwsError InvalidInputException if the token is invalid
     */
    public static ObjectNode of(String field, List<? extends JsonNode> items, JsonNode request) {
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
            throw new AwsError("InvalidInputException", "NextToken is invalid");
        }
        return Integer.parseInt(token);
    }
}
