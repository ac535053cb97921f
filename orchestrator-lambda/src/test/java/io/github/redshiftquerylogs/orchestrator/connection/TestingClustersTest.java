package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;

class TestingClustersTest extends ClusterDirectoryContract {

    private final TestingClusters clusters = new TestingClusters();

    @Override
    ClusterDirectory directory() {
        return clusters;
    }

    @Override
    ProvisionedCluster make(String identifier) {
        ProvisionedCluster cluster = TestingClusters.available(identifier);
        clusters.with(cluster);
        return cluster;
    }

    @Override
    void makeSubnets(String group, JobSubnet... subnets) {
        clusters.withSubnets(group, subnets);
    }
}
