package io.github.redshiftquerylogs.infra.handlers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A server for the query protocol of EC2, which is similar to Redshift's: requests are forms, replies XML. */
final class QueryServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Operation> operations;
    private final Set<String> called = Collections.synchronizedSet(new TreeSet<>());

    /** Answers one action with the content of its reply. */
    @FunctionalInterface
    interface Operation {
        String answer(Map<String, String> form);
    }

    /** An error reply. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final String code;

        Refusal(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    /** @param operations by action, such as {@code DescribeSubnets} */
    QueryServer(Map<String, Operation> operations) throws IOException {
        this.operations = operations;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The actions that were called, such as {@code ec2:DescribeSubnets}. */
    Set<String> actions() {
        return called.stream().map(action -> "ec2:" + action).collect(Collectors.toCollection(TreeSet::new));
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A page of one element, so that a list of two needs two calls. */
    static String page(String set, List<String> elements, Map<String, String> form) {
        int at = Integer.parseInt(form.getOrDefault("NextToken", "0"));
        String next = at + 1 < elements.size() ? "<nextToken>" + (at + 1) + "</nextToken>" : "";
        return "<" + set + ">"
                + elements.stream()
                        .skip(at)
                        .limit(1)
                        .map(element -> "<item>" + element + "</item>")
                        .collect(Collectors.joining())
                + "</" + set + ">" + next;
    }

    /** The values of a list of the form: {@code SubnetId} for {@code SubnetId.1}, {@code SubnetId.2} and so on. */
    static List<String> values(String name, Map<String, String> form) {
        List<String> values = new ArrayList<>();
        for (int number = 1; form.containsKey(name + "." + number); number++) {
            values.add(form.getOrDefault(name + "." + number, ""));
        }
        return values;
    }

    /** The filters of a request: names, each with its accepted values. */
    static Map<String, List<String>> filters(Map<String, String> form) {
        Map<String, List<String>> filters = new TreeMap<>();
        for (int number = 1; form.containsKey("Filter." + number + ".Name"); number++) {
            filters.put(
                    form.getOrDefault("Filter." + number + ".Name", ""), values("Filter." + number + ".Value", form));
        }
        return filters;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> form =
                    parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String action = form.getOrDefault("Action", "");
            called.add(action);
            Operation operation = operations.get(action);
            if (operation == null) {
                throw new IOException("no such operation: " + form);
            }
            String reply;
            int status = 200;
            try {
                reply = "<" + action + "Response>" + operation.answer(form) + "</" + action + "Response>";
            } catch (Refusal e) {
                reply = "<Response><Errors><Error><Code>" + e.code + "</Code><Message>" + e.getMessage()
                        + "</Message></Error></Errors><RequestID>1</RequestID></Response>";
                status = 400;
            }
            byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> parse(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String part : body.split("&", -1)) {
            int equals = part.indexOf('=');
            form.put(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
