package io.github.redshiftquerylogs.infra.handlers;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An EC2 endpoint with subnets, and route tables and endpoints of one VPC; a page has one element. */
final class TestingNetwork implements AutoCloseable {

    private final QueryServer server;
    private final Map<String, String> subnets = new TreeMap<>();
    private final List<String> routeTables = new ArrayList<>();
    private final List<String> endpoints = new ArrayList<>();
    private final List<String> vpcs = new ArrayList<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private final List<String> admitted = new ArrayList<>();

    TestingNetwork() throws IOException {
        server = new QueryServer(Map.of(
                "DescribeSubnets",
                this::subnets,
                "DescribeRouteTables",
                form -> QueryServer.page("routeTableSet", routeTables, form),
                "DescribeVpcEndpoints",
                form -> QueryServer.page("vpcEndpointSet", endpoints, form),
                "DescribeVpcAttribute",
                this::attribute,
                "DescribeVpcs",
                form -> QueryServer.page("vpcSet", vpcs, form),
                "AuthorizeSecurityGroupIngress",
                this::admit));
    }

    /** The actions that were called, such as {@code ec2:DescribeSubnets}. */
    Set<String> actions() {
        return server.actions();
    }

    URI uri() {
        return server.uri();
    }

    void subnet(String id, String vpc, String zone) {
        subnets.put(
                id,
                "<subnetId>" + id + "</subnetId><vpcId>" + vpc + "</vpcId><availabilityZone>" + zone
                        + "</availabilityZone>");
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

    /** @param blocks each with its state, such as {@code 10.0.0.0/16 associated} */
    void vpc(String id, String... blocks) {
        StringBuilder associations = new StringBuilder();
        for (String block : blocks) {
            String[] words = block.split(" ", 2);
            associations.append("<item><cidrBlock>" + words[0] + "</cidrBlock><cidrBlockState><state>" + words[1]
                    + "</state></cidrBlockState></item>");
        }
        vpcs.add("<vpcId>" + id + "</vpcId><cidrBlockAssociationSet>" + associations + "</cidrBlockAssociationSet>");
    }

    /** Turns an attribute of the VPC off. */
    void off(String attribute) {
        attributes.put(attribute, "false");
    }

    /** The rules that were added: group, protocol, ports and block. */
    List<String> admitted() {
        return List.copyOf(admitted);
    }

    @Override
    public void close() {
        server.close();
    }

    private static String endpoint(String type, String service) {
        return "<vpcEndpointId>vpce-" + service + "</vpcEndpointId><vpcEndpointType>" + type
                + "</vpcEndpointType><serviceName>com.amazonaws.eu-central-1." + service
                + "</serviceName><state>available</state>";
    }

    private String attribute(Map<String, String> form) {
        String name = form.getOrDefault("Attribute", "");
        return "<" + name + "><value>" + attributes.getOrDefault(name, "true") + "</value></" + name + ">";
    }

    private String admit(Map<String, String> form) {
        String rule = form.get("GroupId") + " " + form.get("IpPermissions.1.IpProtocol") + " "
                + form.get("IpPermissions.1.FromPort") + "-" + form.get("IpPermissions.1.ToPort") + " "
                + form.get("IpPermissions.1.IpRanges.1.CidrIp");
        if (admitted.contains(rule)) {
            throw new QueryServer.Refusal("InvalidPermission.Duplicate", "the specified rule already exists");
        }
        admitted.add(rule);
        return "<return>true</return>";
    }

    private String subnets(Map<String, String> form) {
        List<String> wanted = QueryServer.filters(form).getOrDefault("subnet-id", List.copyOf(subnets.keySet()));
        List<String> found = wanted.stream()
                .filter(subnets::containsKey)
                .map(id -> subnets.getOrDefault(id, ""))
                .toList();
        return QueryServer.page("subnetSet", found, form);
    }
}
