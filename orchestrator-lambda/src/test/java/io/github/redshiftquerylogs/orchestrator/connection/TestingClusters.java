package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.connection.ProvisionedCluster.Endpoint;
import io.github.redshiftquerylogs.orchestrator.connection.ProvisionedCluster.Network;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link ClusterDirectory} in memory: clusters in one VPC, and scripted failures. Thread-safe. */
public final class TestingClusters implements ClusterDirectory {

    public static final String NAMESPACE = "arn:aws:redshift:eu-central-1:123456789012:namespace:5f2a";

    private final Map<String, ProvisionedCluster> clusters = new TreeMap<>();
    private final Map<String, List<JobSubnet>> subnetGroups = new HashMap<>();
    private final Map<Operation, Deque<CallFailure>> failures = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    public TestingClusters() {
        subnetGroups.put(
                "default",
                List.of(
                        new JobSubnet("subnet-1", "eu-central-1a", true),
                        new JobSubnet("subnet-2", "eu-central-1b", true)));
    }

    /** A cluster that answers queries. */
    public static ProvisionedCluster available(String identifier) {
        return new ProvisionedCluster(
                identifier,
                "available",
                Optional.of("Available"),
                Optional.of(new Endpoint(identifier + ".abc.eu-central-1.redshift.amazonaws.com", 5439)),
                "dev",
                Optional.of(new Network("vpc-1", "default", Optional.of("eu-central-1b"), List.of("sg-cluster"))),
                "ra3.xlplus",
                2,
                Optional.of(NAMESPACE));
    }

    public static ProvisionedCluster paused(String identifier) {
        ProvisionedCluster cluster = available(identifier);
        return new ProvisionedCluster(
                identifier,
                "paused",
                Optional.of("Paused"),
                Optional.empty(),
                cluster.database(),
                cluster.network(),
                cluster.nodeType(),
                cluster.nodes(),
                cluster.namespaceArn());
    }

    public synchronized TestingClusters with(ProvisionedCluster cluster) {
        clusters.put(cluster.identifier(), cluster);
        return this;
    }

    public synchronized TestingClusters withSubnets(String group, JobSubnet... subnets) {
        subnetGroups.put(group, List.of(subnets));
        return this;
    }

    /** Lets the next calls of an operation fail. */
    public synchronized TestingClusters failing(Operation operation, CallFailure... next) {
        failures.computeIfAbsent(operation, key -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    /** All calls in their order, as {@code DescribeClusters orders}, or {@code DescribeClusters} for all. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized Optional<ProvisionedCluster> find(String identifier) throws CallFailedException {
        call(Operation.DESCRIBE_CLUSTERS, " " + identifier);
        return Optional.ofNullable(clusters.get(identifier));
    }

    @Override
    public synchronized Map<String, ProvisionedCluster> all() throws CallFailedException {
        call(Operation.DESCRIBE_CLUSTERS, "");
        return new TreeMap<>(clusters);
    }

    @Override
    public synchronized List<JobSubnet> subnets(String subnetGroup) throws CallFailedException {
        call(Operation.DESCRIBE_SUBNETS, " " + subnetGroup);
        return subnetGroups.getOrDefault(subnetGroup, List.of());
    }

    private void call(Operation operation, String subject) throws CallFailedException {
        calls.add(operation + subject);
        CallFailure failure =
                failures.getOrDefault(operation, new ArrayDeque<>()).poll();
        if (failure != null) {
            throw new CallFailedException(failure);
        }
    }
}
