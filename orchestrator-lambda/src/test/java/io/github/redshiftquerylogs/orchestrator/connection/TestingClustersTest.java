package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.environment.ClusterSubnet;

class TestingClustersTest extends ClusterDirectoryContract {

    private final TestingClusters clusters = new TestingClusters();

    @Override
    ClusterDirectory directory() {
        return clusters;
    }

    @Override
    ClusterDescription make(String identifier) {
        ClusterDescription cluster = TestingClusters.available(identifier);
        clusters.with(cluster);
        return cluster;
    }

    @Override
    void makeSubnets(String group, ClusterSubnet... subnets) {
        clusters.withSubnets(group, subnets);
    }
}
