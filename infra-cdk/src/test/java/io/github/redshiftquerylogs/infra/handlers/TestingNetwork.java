package io.github.redshiftquerylogs.infra.handlers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** EC2's query protocol for route tables and endpoints of one VPC, a page of one element each. */
final class TestingNetwork implements AutoCloseable {

    private final HttpServer server;
    private final List<String> routeTables = new ArrayList<>();
    private final List<String> endpoints = new ArrayList<>();

    TestingNetwork() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param association a subnet, or {@code main} */
    void routeTable(String id, String association, String... routes) {
        String associated = association.equals("main")
                ? "<main>true</main>"
                : "<main>false</main><subnetId>" + association + "</subnetId>";
        routeTables.add("<routeTableId>" + id + "</routeTableId><associationSet><item>" + associated
                + "</item></associationSet><routeSet>" + String.join("", routes) + "</routeSet>");
    }

    /** @param target such as {@code <natGatewayId>nat-1</natGatewayId>} */
    static String route(String target) {
        return "<item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock>" + target + "<state>active</state></item>";
    }

    void gatewayEndpoint(String service, String routeTable) {
        endpoints.add(
                endpoint("Gateway", service) + "<routeTableIdSet><item>" + routeTable + "</item></routeTableIdSet>");
    }

    void interfaceEndpoint(String service, String... more) {
        interfaceEndpoint(service, true, more);
    }

    void interfaceEndpoint(String service, boolean privateName, String... more) {
        endpoints.add(endpoint("Interface", service) + "<privateDnsEnabled>" + privateName + "</privateDnsEnabled>"
                + String.join("", more));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static String endpoint(String type, String service) {
        return "<vpcEndpointId>vpce-" + service + "</vpcEndpointId><vpcEndpointType>" + type
                + "</vpcEndpointType><serviceName>com.amazonaws.eu-central-1." + service
                + "</serviceName><state>available</state>";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<String> request = Stream.of(
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&"))
                    .toList();
            String reply = switch (request.stream()
                    .filter(part -> part.startsWith("Action="))
                    .findFirst()
                    .orElse("")) {
                case "Action=DescribeRouteTables" -> page("DescribeRouteTables", "routeTableSet", routeTables, request);
                case "Action=DescribeVpcEndpoints" ->
                    page("DescribeVpcEndpoints", "vpcEndpointSet", endpoints, request);
                default -> throw new IOException("no such operation: " + request);
            };
            byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String page(String action, String set, List<String> elements, List<String> request) {
        int at = request.stream()
                .filter(part -> part.startsWith("NextToken="))
                .map(part -> Integer.valueOf(part.substring("NextToken=".length())))
                .findFirst()
                .orElse(0);
        String next = at + 1 < elements.size() ? "<nextToken>" + (at + 1) + "</nextToken>" : "";
        return "<" + action + "Response><" + set + ">"
                + elements.stream()
                        .skip(at)
                        .limit(1)
                        .map(element -> "<item>" + element + "</item>")
                        .collect(Collectors.joining())
                + "</" + set + ">" + next + "</" + action + "Response>";
    }
}
