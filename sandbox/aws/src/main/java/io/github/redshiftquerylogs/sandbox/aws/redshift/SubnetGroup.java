package io.github.redshiftquerylogs.sandbox.aws.redshift;

import java.util.List;

/**
 * A cluster subnet group, with the availability zone of each subnet.
 *
 * @param name lower case
 * @param vpcId the VPC of its subnets
 * @param subnets at least one
 */
public record SubnetGroup(String name, String vpcId, List<Subnet> subnets) {

    /** The default group, which always exists: two subnets in two zones. */
    public static final SubnetGroup DEFAULT = new SubnetGroup(
            "default",
            "vpc-0a1b2c3d4e5f60718",
            List.of(
                    new Subnet("subnet-0a1b2c3d4e5f60718", "eu-central-1a"),
                    new Subnet("subnet-0b1c2d3e4f5061728", "eu-central-1b")));

    public SubnetGroup {
        subnets = List.copyOf(subnets);
    }

    /**
     * A subnet.
     *
     * @param id such as {@code subnet-0a1b2c3d4e5f60718}
     * @param availabilityZone such as {@code eu-central-1a}
     */
    public record Subnet(String id, String availabilityZone) {}
}
