package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.environment.JobNetwork;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates the Glue connection of a cluster that is looked up by its name, records it in the cluster's parameter, and
 * updates it when the cluster or the deployment has changed.
 *
 * <p>Idempotent, also if two invocations run at the same time: name and content of the connection follow from the
 * cluster, so an existing one is used, and updated if it differs. Recording comes last and never overwrites.
 *
 * <p>Thread-safe.
 */
public final class ClusterConnector {

    private final ClusterDirectory directory;
    private final GlueConnectionApi connections;
    private final ConnectionRecord record;
    private final Retrier retrier;
    private final JobNetwork network;

    /** @param network the network of the jobs, as the deployment defines it */
    public ClusterConnector(
            ClusterDirectory directory,
            GlueConnectionApi connections,
            ConnectionRecord record,
            Retrier retrier,
            JobNetwork network) {
        this.directory = directory;
        this.connections = connections;
        this.record = record;
        this.retrier = retrier;
        this.network = network;
    }

    /**
     * Result of {@link #connect}.
     *
     * @param done what was done, for users
     * @param recorded whether this connection was recorded; false if another caller has recorded one first
     */
    public record Connected(String done, boolean recorded) {}

    /**
     * Looks a cluster up, creates its connection and records it.
     *
     * @throws LookupFailedException if the cluster cannot be connected
     */
    public Connected connect(ClusterName cluster, Tick tick)
            throws CallFailedException, LookupFailedException, InterruptedException {
        ConnectionDefinition definition = define(cluster, tick);
        String done = create(cluster, definition, tick);
        boolean recorded = retrier.call(() -> record.record(cluster, definition.name()), tick);
        return new Connected(done, recorded);
    }

    /**
     * Updates the connection that was created for a cluster if it differs from its definition: the cluster may have
     * changed, or the deployment's subnets and security groups. Creates it if it is missing. A connection of this name that
     * was not created by the Lambda is left unchanged.
     *
     * @return what was done, for users; empty if nothing was
     * @throws LookupFailedException if the cluster cannot be connected
     */
    public Optional<String> reconcile(ClusterName cluster, Tick tick)
            throws CallFailedException, LookupFailedException, InterruptedException {
        String name = ResourceNames.connection(cluster);
        Map<String, String> actual;
        try {
            actual = retrier.call(() -> connections.settings(name), tick);
        } catch (CallFailedException e) {
            if (e.failure().kind() != Kind.MISSING) {
                throw e;
            }
            return Optional.of(create(cluster, define(cluster, tick), tick));
        }
        if (!ConnectionDefinition.isOurs(cluster, actual)) {
            return Optional.empty();
        }
        return updateIfDifferent(define(cluster, tick), actual, tick)
                ? Optional.of("its connection '" + name + "' was updated")
                : Optional.empty();
    }

    private ConnectionDefinition define(ClusterName cluster, Tick tick)
            throws CallFailedException, LookupFailedException, InterruptedException {
        failOn(LookupFailure.ofName(cluster));
        Optional<ProvisionedCluster> found = retrier.call(() -> directory.find(cluster.value()), tick);
        failOn(LookupFailure.ofCluster(cluster, found));
        ProvisionedCluster described = found.orElseThrow();
        ProvisionedCluster.Network own = described.network().orElseThrow();
        List<String> groups = network.securityGroups().getOrDefault(own.vpc(), own.securityGroups());
        if (groups.isEmpty()) {
            throw new LookupFailedException(LookupFailure.noSecurityGroup(cluster, own.vpc()));
        }
        JobSubnet subnet = JobSubnet.choose(subnets(own, tick), own.availabilityZone())
                .orElseThrow(() -> new LookupFailedException(LookupFailure.noSubnet(cluster, own.subnetGroup())));
        return ConnectionDefinition.of(cluster, described, subnet, groups);
    }

    /** The deployment's subnets of the VPC, which it has checked; else those of the cluster's subnet group. */
    private List<JobSubnet> subnets(ProvisionedCluster.Network own, Tick tick)
            throws CallFailedException, InterruptedException {
        List<JobSubnet> defined = network.subnets().getOrDefault(own.vpc(), List.of());
        return defined.isEmpty() ? retrier.call(() -> directory.subnets(own.subnetGroup()), tick) : defined;
    }

    private String create(ClusterName cluster, ConnectionDefinition definition, Tick tick)
            throws CallFailedException, LookupFailedException, InterruptedException {
        String shown = "its connection '" + definition.name() + "'";
        try {
            retrier.run(() -> connections.create(definition), tick);
            return shown + " was created";
        } catch (CallFailedException e) {
            if (e.failure().kind() != Kind.EXISTS) {
                throw e;
            }
        }
        Map<String, String> actual = retrier.call(() -> connections.settings(definition.name()), tick);
        if (!ConnectionDefinition.isOurs(cluster, actual)) {
            throw new LookupFailedException(LookupFailure.foreignConnection(cluster, definition.name()));
        }
        return shown + " already existed" + (updateIfDifferent(definition, actual, tick) ? " and was updated" : "");
    }

    /** Whether it was different. */
    private boolean updateIfDifferent(ConnectionDefinition definition, Map<String, String> actual, Tick tick)
            throws CallFailedException, InterruptedException {
        if (definition.settings().equals(actual)) {
            return false;
        }
        retrier.run(() -> connections.update(definition), tick);
        return true;
    }

    private static void failOn(Optional<LookupFailure> failure) throws LookupFailedException {
        if (failure.isPresent()) {
            throw new LookupFailedException(failure.get());
        }
    }
}
