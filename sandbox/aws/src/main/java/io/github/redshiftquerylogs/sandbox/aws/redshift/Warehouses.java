package io.github.redshiftquerylogs.sandbox.aws.redshift;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The clusters and Serverless workgroups of the local account, for {@code DescribeClusters} and for the statements of the
 * Data API. Thread-safe.
 */
public final class Warehouses {

    private final Map<String, Cluster> clusters = new TreeMap<>();
    private final Map<String, EmbeddedRedshift> workgroups = new TreeMap<>();
    private final Map<String, SubnetGroup> subnetGroups = new TreeMap<>();

    public Warehouses() {
        addSubnetGroup(SubnetGroup.DEFAULT);
    }

    /** A cluster with its stand-in, if it has one. */
    public record Cluster(ClusterDetails description, Optional<EmbeddedRedshift> standIn) {

        public String status() {
            return standIn.filter(EmbeddedRedshift::isPaused).isPresent() ? "paused" : description.status();
        }
    }

    /** Registers a stand-in under its name, with its own endpoint and database. */
    public void addCluster(EmbeddedRedshift standIn) {
        addCluster(ClusterDetails.of(standIn.cluster(), standIn.host(), standIn.port(), standIn.database()), standIn);
    }

    /** Registers a cluster and its stand-in; replaces a cluster with the same identifier. */
    public synchronized void addCluster(ClusterDetails description, EmbeddedRedshift standIn) {
        clusters.put(description.identifier(), new Cluster(description, Optional.of(standIn)));
    }

    /** Registers a cluster that can be described but not reached. */
    public synchronized void addCluster(ClusterDetails description) {
        clusters.put(description.identifier(), new Cluster(description, Optional.empty()));
    }

    /** Removes a cluster. */
    public synchronized void removeCluster(String identifier) {
        clusters.remove(identifier);
    }

    /** Registers a Serverless workgroup. */
    public synchronized void addWorkgroup(String name, EmbeddedRedshift standIn) {
        workgroups.put(name, standIn);
    }

    /** Registers a subnet group in addition to {@link SubnetGroup#DEFAULT}. */
    public synchronized void addSubnetGroup(SubnetGroup group) {
        subnetGroups.put(group.name(), group);
    }

    synchronized List<Cluster> clusters() {
        return List.copyOf(clusters.values());
    }

    public synchronized Optional<Cluster> cluster(String identifier) {
        return Optional.ofNullable(clusters.get(identifier));
    }

    public synchronized Optional<EmbeddedRedshift> workgroup(String name) {
        return Optional.ofNullable(workgroups.get(name));
    }

    synchronized List<SubnetGroup> subnetGroups() {
        return List.copyOf(subnetGroups.values());
    }
}
