package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.ClusterName;
import io.github.redshiftquerylogs.orchestrator.CallFailure.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the Glue connection of a cluster of which only the name is known, and records it in the cluster's parameter, so
 * that it is made once.
 *
 * <p>May be repeated at any point, and done by two at once: the connection's name and content follow from the cluster, so
 * one that is there already is used, and put right if the cluster has moved since. Recording comes last and never
 * overwrites.
 *
 * <p>Thread-safe.
 */
final class ClusterConnector {

    private final ClusterDirectory directory;
    private final GlueConnections connections;
    private final ConnectionRecord record;
    private final PatientCalls calls;
    private final Map<String, List<String>> securityGroups;
    private final Map<String, List<ClusterSubnet>> subnets;

    /**
     * @param securityGroups {@link Environment#securityGroups}
     * @param subnets {@link Environment#subnets}
     */
    ClusterConnector(
            ClusterDirectory directory,
            GlueConnections connections,
            ConnectionRecord record,
            PatientCalls calls,
            Map<String, List<String>> securityGroups,
            Map<String, List<ClusterSubnet>> subnets) {
        this.directory = directory;
        this.connections = connections;
        this.record = record;
        this.calls = calls;
        this.securityGroups = securityGroups;
        this.subnets = subnets;
    }

    /**
     * What became of it.
     *
     * @param done what was done, for people
     * @param recorded whether the connection is the cluster's; if not, somebody else has recorded one first
     */
    record Connected(String done, boolean recorded) {}

    /** Looks the cluster up, makes its connection and records it. */
    Connected connect(ClusterName cluster, Deadline deadline)
            throws CallFailedException, ObstacleException, InterruptedException {
        ConnectionDefinition definition = define(cluster, deadline);
        String done = make(cluster, definition, deadline);
        boolean recorded = calls.ask(() -> record.record(cluster, definition.name()), deadline);
        return new Connected(done, recorded);
    }

    private ConnectionDefinition define(ClusterName cluster, Deadline deadline)
            throws CallFailedException, ObstacleException, InterruptedException {
        failOn(Obstacle.ofName(cluster));
        Optional<ClusterDescription> found = calls.ask(() -> directory.find(cluster.value()), deadline);
        failOn(Obstacle.ofCluster(cluster, found));
        ClusterDescription description = found.orElseThrow();
        ClusterDescription.Network network = description.network().orElseThrow();
        List<String> groups = securityGroups.getOrDefault(network.vpc(), network.securityGroups());
        if (groups.isEmpty()) {
            throw new ObstacleException(Obstacle.noSecurityGroup(cluster, network.vpc()));
        }
        ClusterSubnet subnet = ClusterSubnet.choose(subnets(network, deadline), network.availabilityZone())
                .orElseThrow(() -> new ObstacleException(Obstacle.noSubnet(cluster, network.subnetGroup())));
        return ConnectionDefinition.of(cluster, description, subnet, groups);
    }

    /** The deployment's, which it has looked at; the cluster's own where it has none in this VPC. */
    private List<ClusterSubnet> subnets(ClusterDescription.Network network, Deadline deadline)
            throws CallFailedException, InterruptedException {
        List<ClusterSubnet> given = subnets.getOrDefault(network.vpc(), List.of());
        return given.isEmpty() ? calls.ask(() -> directory.subnets(network.subnetGroup()), deadline) : given;
    }

    private String make(ClusterName cluster, ConnectionDefinition definition, Deadline deadline)
            throws CallFailedException, ObstacleException, InterruptedException {
        String shown = "its connection '" + definition.name() + "'";
        try {
            calls.make(() -> connections.create(definition), deadline);
            return shown + " was made";
        } catch (CallFailedException e) {
            if (e.failure().kind() != Kind.EXISTS) {
                throw e;
            }
        }
        Map<String, String> actual = calls.ask(() -> connections.settings(definition.name()), deadline);
        if (!definition.owns(actual)) {
            throw new ObstacleException(Obstacle.foreignConnection(cluster, definition.name()));
        }
        if (definition.settings().equals(actual)) {
            return shown + " was there already";
        }
        calls.make(() -> connections.update(definition), deadline);
        return shown + " was there already and was put right";
    }

    private static void failOn(Optional<Obstacle> obstacle) throws ObstacleException {
        if (obstacle.isPresent()) {
            throw new ObstacleException(obstacle.get());
        }
    }
}
