package io.github.redshiftquerylogs.sandbox.aws.redshift;

import io.github.redshiftquerylogs.sandbox.aws.wire.LocalArns;
import java.util.List;

/**
 * A provisioned cluster as {@code DescribeClusters} returns it.
 *
 * @param identifier lower case
 * @param host endpoint address; empty while the cluster has none yet
 * @param port endpoint port
 * @param database name of its first database
 * @param nodeType such as {@code ra3.xlplus}
 * @param nodes the number of nodes
 * @param status such as {@code available}, {@code creating}, {@code paused}; a cluster whose stand-in is paused has
 *     the status {@code paused} in any case
 * @param vpcId its VPC
 * @param subnetGroup name of its subnet group
 * @param securityGroups ids of its VPC security groups
 * @param availabilityZone the zone of its nodes
 * @param namespaceArn ARN of its namespace, which differs from that of an earlier cluster with the same name
 * @param encrypted whether its data is encrypted
 * @param publiclyAccessible whether its endpoint is public
 */
public record ClusterDetails(
        String identifier,
        String host,
        int port,
        String database,
        String nodeType,
        int nodes,
        String status,
        String vpcId,
        String subnetGroup,
        List<String> securityGroups,
        String availabilityZone,
        String namespaceArn,
        boolean encrypted,
        boolean publiclyAccessible) {

    public ClusterDetails {
        securityGroups = List.copyOf(securityGroups);
    }

    /** An available, encrypted cluster of two ra3.xlplus nodes in the VPC of {@link SubnetGroup#DEFAULT}. */
    public static ClusterDetails of(String identifier, String host, int port, String database) {
        return new ClusterDetails(
                identifier,
                host,
                port,
                database,
                "ra3.xlplus",
                2,
                "available",
                SubnetGroup.DEFAULT.vpcId(),
                SubnetGroup.DEFAULT.name(),
                List.of("sg-0a1b2c3d4e5f60718"),
                SubnetGroup.DEFAULT.subnets().get(0).availabilityZone(),
                LocalArns.of("redshift", "namespace:" + LocalArns.uuidOf(identifier)),
                true,
                false);
    }

    /** The same with another status. */
    public ClusterDetails withStatus(String other) {
        return new ClusterDetails(
                identifier,
                host,
                port,
                database,
                nodeType,
                nodes,
                other,
                vpcId,
                subnetGroup,
                securityGroups,
                availabilityZone,
                namespaceArn,
                encrypted,
                publiclyAccessible);
    }
}
