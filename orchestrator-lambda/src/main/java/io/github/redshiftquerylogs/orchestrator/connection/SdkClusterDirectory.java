package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.call.SdkCalls;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.redshift.model.Cluster;
import software.amazon.awssdk.services.redshift.model.Subnet;
import software.amazon.awssdk.services.redshift.model.VpcSecurityGroupMembership;

/** {@link ClusterDirectory} by the SDK. Reads all pages of a list. */
public final class SdkClusterDirectory implements ClusterDirectory {

    /** Database of a cluster that was created without a database name. */
    private static final String DEFAULT_DATABASE = "dev";

    private static final String ACTIVE = "active";

    private final RedshiftClient redshift;

    /** @param redshift may retry: all requests only read */
    public SdkClusterDirectory(RedshiftClient redshift) {
        this.redshift = redshift;
    }

    @Override
    public Optional<ProvisionedCluster> find(String identifier) throws CallFailedException {
        try {
            return SdkCalls.make(
                    Operation.DESCRIBE_CLUSTERS,
                    () ->
                            redshift
                                    .describeClustersPaginator(request -> request.clusterIdentifier(identifier))
                                    .clusters()
                                    .stream()
                                    .map(SdkClusterDirectory::describe)
                                    .filter(cluster -> cluster.identifier().equals(identifier))
                                    .findFirst());
        } catch (CallFailedException e) {
            if (e.failure().kind() == Kind.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Map<String, ProvisionedCluster> all() throws CallFailedException {
        return SdkCalls.make(
                Operation.DESCRIBE_CLUSTERS,
                () -> redshift.describeClustersPaginator().clusters().stream()
                        .map(SdkClusterDirectory::describe)
                        // a list that changes between two pages may contain a cluster twice
                        .collect(Collectors.toMap(
                                ProvisionedCluster::identifier, Function.identity(), (first, second) -> second)));
    }

    @Override
    public List<JobSubnet> subnets(String subnetGroup) throws CallFailedException {
        try {
            return SdkCalls.make(
                    Operation.DESCRIBE_SUBNETS,
                    () -> redshift
                            .describeClusterSubnetGroupsPaginator(
                                    request -> request.clusterSubnetGroupName(subnetGroup))
                            .clusterSubnetGroups()
                            .stream()
                            .filter(group -> subnetGroup.equals(group.clusterSubnetGroupName()))
                            .flatMap(group -> group.subnets().stream())
                            .map(SdkClusterDirectory::describe)
                            .toList());
        } catch (CallFailedException e) {
            if (e.failure().kind() == Kind.MISSING) {
                return List.of();
            }
            throw e;
        }
    }

    private static ProvisionedCluster describe(Cluster cluster) {
        return new ProvisionedCluster(
                text(cluster.clusterIdentifier()),
                text(cluster.clusterStatus()),
                given(cluster.clusterAvailabilityStatus()),
                endpoint(cluster),
                given(cluster.dbName()).orElse(DEFAULT_DATABASE),
                network(cluster),
                text(cluster.nodeType()),
                Objects.requireNonNullElse(cluster.numberOfNodes(), 0),
                given(cluster.clusterNamespaceArn()));
    }

    private static Optional<ProvisionedCluster.Endpoint> endpoint(Cluster cluster) {
        return cluster.endpoint() == null || cluster.endpoint().port() == null
                ? Optional.empty()
                : given(cluster.endpoint().address())
                        .map(host -> new ProvisionedCluster.Endpoint(
                                host, cluster.endpoint().port()));
    }

    private static Optional<ProvisionedCluster.Network> network(Cluster cluster) {
        return given(cluster.vpcId())
                .flatMap(vpc -> given(cluster.clusterSubnetGroupName())
                        .map(group -> new ProvisionedCluster.Network(
                                vpc,
                                group,
                                given(cluster.availabilityZone()),
                                cluster.vpcSecurityGroups().stream()
                                        .filter(membership -> ACTIVE.equals(membership.status()))
                                        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                                        .sorted()
                                        .toList())));
    }

    private static JobSubnet describe(Subnet subnet) {
        return new JobSubnet(
                text(subnet.subnetIdentifier()),
                subnet.subnetAvailabilityZone() == null
                        ? ""
                        : text(subnet.subnetAvailabilityZone().name()),
                ACTIVE.equalsIgnoreCase(subnet.subnetStatus()));
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
