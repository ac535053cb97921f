package io.github.redshiftquerylogs.sandbox.aws.redshift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of the service {@code redshift} that describe clusters and subnet groups. */
public final class ClusterOperations {

    private static final int LONGEST_PAGE = 100;
    private static final int SHORTEST_PAGE = 20;

    private final Warehouses warehouses;

    public ClusterOperations(Warehouses warehouses) {
        this.warehouses = warehouses;
    }

    public Map<String, Operation> operations() {
        return Map.of(
                "DescribeClusters", this::describeClusters,
                "DescribeClusterSubnetGroups", this::describeSubnetGroups);
    }

    private JsonNode describeClusters(JsonNode request) {
        String wanted = request.path("ClusterIdentifier").asText("");
        List<ObjectNode> clusters;
        if (wanted.isEmpty()) {
            clusters = warehouses.clusters().stream()
                    .map(ClusterOperations::describe)
                    .toList();
        } else {
            clusters = List.of(describe(warehouses
                    .cluster(wanted)
                    .orElseThrow(() -> new AwsError("ClusterNotFound", "Cluster " + wanted + " not found.", 404))));
        }
        return page("Clusters", clusters, request);
    }

    private JsonNode describeSubnetGroups(JsonNode request) {
        String wanted = request.path("ClusterSubnetGroupName").asText("");
        List<ObjectNode> groups = warehouses.subnetGroups().stream()
                .filter(group -> wanted.isEmpty() || group.name().equals(wanted))
                .map(ClusterOperations::describe)
                .toList();
        if (!wanted.isEmpty() && groups.isEmpty()) {
            throw new AwsError(
                    "ClusterSubnetGroupNotFoundFault", "Cluster subnet group " + wanted + " does not exist.", 400);
        }
        return page("ClusterSubnetGroups", groups, request);
    }

    private static ObjectNode describe(Warehouses.Cluster cluster) {
        ClusterDetails description = cluster.description();
        String status = cluster.status();
        boolean available = status.equals("available");
        ObjectNode document = Json.object()
                .put("ClusterIdentifier", description.identifier())
                .put("NodeType", description.nodeType())
                .put("ClusterStatus", status)
                .put("ClusterAvailabilityStatus", available ? "Available" : "Unavailable")
                .put("MasterUsername", "awsuser")
                .put("DBName", description.database())
                .put("NumberOfNodes", description.nodes())
                .put("VpcId", description.vpcId())
                .put("ClusterSubnetGroupName", description.subnetGroup())
                .put("AvailabilityZone", description.availabilityZone())
                .put("ClusterNamespaceArn", description.namespaceArn())
                .put("Encrypted", description.encrypted())
                .put("PubliclyAccessible", description.publiclyAccessible())
                .put("AllowVersionUpgrade", true)
                .put("EnhancedVpcRouting", false)
                .put("MultiAZ", "Disabled");
        if (!description.host().isEmpty()) {
            document.set(
                    "Endpoint", Json.object().put("Address", description.host()).put("Port", description.port()));
        }
        document.set(
                "VpcSecurityGroups",
                Json.array(description.securityGroups().stream()
                        .map(id -> Json.object().put("VpcSecurityGroupId", id).put("Status", "active"))
                        .toList()));
        return document;
    }

    private static ObjectNode describe(SubnetGroup group) {
        ObjectNode document = Json.object()
                .put("ClusterSubnetGroupName", group.name())
                .put("Description", group.name())
                .put("VpcId", group.vpcId())
                .put("SubnetGroupStatus", "Complete");
        document.set(
                "Subnets",
                Json.array(group.subnets().stream()
                        .map(subnet -> Json.object()
                                .put("SubnetIdentifier", subnet.id())
                                .put("SubnetStatus", "Active")
                                .<ObjectNode>set(
                                        "SubnetAvailabilityZone", Json.object().put("Name", subnet.availabilityZone())))
                        .toList()));
        return document;
    }

    /** The marker is the position of the next page. */
    private static JsonNode page(String field, List<ObjectNode> items, JsonNode request) {
        int size = number(request, "MaxRecords").orElse(LONGEST_PAGE);
        if (size < SHORTEST_PAGE || size > LONGEST_PAGE) {
            throw new AwsError(
                    "InvalidParameterValue",
                    "Invalid value " + size + " for MaxRecords. Must be between " + SHORTEST_PAGE + " and "
                            + LONGEST_PAGE);
        }
        int start = Math.min(number(request, "Marker").orElse(0), items.size());
        int end = Math.min(start + size, items.size());
        ObjectNode page = Json.object().set(field, Json.array(items.subList(start, end)));
        if (end < items.size()) {
            page.put("Marker", Integer.toString(end));
        }
        return page;
    }

    private static Optional<Integer> number(JsonNode request, String field) {
        String text = request.path(field).asText("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("\\d{1,9}")) {
            throw new AwsError("InvalidParameterValue", "Invalid value '" + text + "' for " + field);
        }
        return Optional.of(Integer.parseInt(text));
    }
}
