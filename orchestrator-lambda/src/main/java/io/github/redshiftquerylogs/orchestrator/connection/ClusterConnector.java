package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.call.PatientCalls;
import io.github.redshiftquerylogs.orchestrator.environment.ClusterSubnet;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the Glue connection of a cluster of which only the name is known, records it in the cluster's parameter, so that
 * it is made once, and keeps it as it should be.
 *
 * <p>May be repeated at any point, and done by two at once: the connection's name and content follow from the cluster, so
 * one that is there already is used, and put right if the cluster has moved since. Recording comes last and never
 * overwrites.
 *
 * <p>Thread-safe.
 */
public final class ClusterConnector {

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
    public ClusterConnector(
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
    public record Connected(String done, boolean recorded) {}

    /** Looks the cluster up, makes its connection and records it. */
    public Connected connect(ClusterName cluster, Deadline deadline)
            throws CallFailedException, ObstacleException, InterruptedException {
        ConnectionDefinition definition = define(cluster, deadline);
        String done = make(cluster, definition, deadline);
        boolean recorded = calls.ask(() -> record.record(cluster, definition.name()), deadline);
        return new Connected(done, recorded);
    }

    /**
     * Puts the connection right that was made for a cluster: the cluster may have moved, or the deployment may have other
     * subnets and security groups now. One that somebody else has made under this name is theirs.
     *
     * @return what was done, for people; nothing if there was nothing to do
     * @throws ObstacleException if it is not known how the connection should be, or the cluster does not answer now
     */
    public Optional<String> keep(ClusterName cluster, Deadline deadline)
            throws CallFailedException, ObstacleException, InterruptedException {
        String name = ResourceNames.connection(cluster);
        Map<String, String> actual;
        try {
            actual = calls.ask(() -> connections.settings(name), deadline);
        } catch (CallFailedException e) {
            if (e.failure().kind() != Kind.MISSING) {
                throw e;
            }
            return Optional.of(make(cluster, define(cluster, deadline), deadline));
        }
        if (!ConnectionDefinition.isOurs(cluster, actual)) {
            return Optional.empty();
        }
        return putRight(define(cluster, deadline), actual, deadline)
                ? Optional.of("its connection '" + name + "' was put right")
                : Optional.empty();
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
        if (!ConnectionDefinition.isOurs(cluster, actual)) {
            throw new ObstacleException(Obstacle.foreignConnection(cluster, definition.name()));
        }
        return shown + " was there already" + (putRight(definition, actual, deadline) ? " and was put right" : "");
    }

    /** Whether it was not right. */
    private boolean putRight(ConnectionDefinition definition, Map<String, String> actual, Deadline deadline)
            throws CallFailedException, InterruptedException {
        if (definition.settings().equals(actual)) {
            return false;
        }
        calls.make(() -> connections.update(definition), deadline);
        return true;
    }

    private static void failOn(Optional<Obstacle> obstacle) throws ObstacleException {
        if (obstacle.isPresent()) {
            throw new ObstacleException(obstacle.get());
        }
    }
}
