package io.github.redshiftquerylogs.sandbox.aws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to any of the services.
 *
 * @param protocol the protocol of request and reply
 * @param call operation, caller and body
 */
public record IncomingRequest(WireProtocol protocol, ReceivedCall call) {

    /** https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html: key, day, Region, service. */
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,]+)/[^/]*/[^/]*/([^/]+)/aws4_request");

    /**
     * Reads a request.
     *
     * @param exchange for its headers and address
     * @param bytes the body, already read
     */
    public static IncomingRequest of(HttpExchange exchange, byte[] bytes) {
        Headers headers = exchange.getRequestHeaders();
        String body = new String(bytes, StandardCharsets.UTF_8);
        Matcher credential = CREDENTIAL.matcher(header(headers, "Authorization"));
        boolean signed = credential.find();
        WireProtocol protocol = header(headers, "Content-Type").startsWith("application/x-www-form-urlencoded")
                ? WireProtocol.QUERY
                : WireProtocol.JSON;
        String service = signed ? credential.group(2) : "";
        ReceivedCall call = new ReceivedCall(
                signed ? credential.group(1) : "",
                service,
                service.equals("s3") ? exchange.getRequestMethod() : operation(protocol, headers, body),
                exchange.getRequestURI().toString(),
                amzHeaders(headers),
                body);
        return new IncomingRequest(protocol, call);
    }

    private static String operation(WireProtocol protocol, Headers headers, String body) {
        return switch (protocol) {
            case JSON -> {
                String target = header(headers, "X-Amz-Target");
                yield target.substring(target.lastIndexOf('.') + 1);
            }
            case QUERY -> action(body);
        };
    }

    private static Map<String, String> amzHeaders(Headers headers) {
        Map<String, String> found = new TreeMap<>();
        headers.forEach((name, values) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (lowerCase.startsWith("x-amz-")) {
                found.put(lowerCase, String.join(",", values));
            }
        });
        return Map.copyOf(found);
    }

    /**
     * The body as a document.
     *
     * @throws AwsError if the body is not in the protocol
     */
    public JsonNode document() {
        return protocol.read(call.body());
    }

    private static String action(String body) {
        try {
            return QueryProtocol.form(body).path("Action").asText("");
        } catch (AwsError e) {
            // reported when the form is read again for the operation
            return "";
        }
    }

    private static String header(Headers headers, String name) {
        return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }
}
