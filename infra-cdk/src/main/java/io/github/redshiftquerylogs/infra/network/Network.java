package io.github.redshiftquerylogs.infra.network;

import io.github.redshiftquerylogs.infra.foundation.DeployHandler;
import io.github.redshiftquerylogs.infra.options.NetworkOptions;
import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Target;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * The network of jobs with a JDBC connection: a security group that is open to itself, as Glue demands; a check that
 * the services called by the jobs can be reached from the subnets; optionally endpoints; and rules that admit the
 * stack's security group at the clusters. Clusters reached through the Data API need none of this.
 */
public final class Network extends Construct {

    private final NetworkOptions options;
    private final List<String> securityGroups;
    private final CustomResource look;
    private final Optional<CustomResource> ingress;

    /**
     * Creates the resources.
     *
     * @param handlers the folder of the custom resources' handlers
     * @param clusters clusters to be reached, in addition to those of the list
     * @param clock its time makes each deployment look for clusters again
     */
    public Network(
            Construct scope,
            String id,
            NetworkOptions options,
            List<ClusterName> clusters,
            Path handlers,
            RetentionDays retention,
            Clock clock) {
        super(scope, id);
        this.options = options;
        securityGroups = options.securityGroups().isEmpty() ? List.of(newGroup()) : options.securityGroups();
        look = new DeployHandler(
                        this,
                        "Look",
                        handlers.resolve("network"),
                        retention,
                        List.of(Allow.of(
                                "LookAtNetwork",
                                List.of(
                                        "ec2:DescribeSubnets",
                                        "ec2:DescribeRouteTables",
                                        "ec2:DescribeVpcEndpoints",
                                        "ec2:DescribeVpcAttribute"),
                                List.of(Target.all("describing subnets, route tables and endpoints does not support"
                                        + " resource-level permissions, and a VPC may be shared")))),
                        Map.of(
                                "VpcId", options.vpc(),
                                "SubnetIds", options.subnets(),
                                "Services", NetworkOptions.INTERFACE_SERVICES,
                                "GatewayServices", Endpoints.GATEWAY_SERVICES,
                                "Create", Boolean.toString(options.createEndpoints())))
                .resource();
        if (options.createEndpoints()) {
            new Endpoints(
                    this,
                    "Endpoints",
                    options,
                    Token.asList(look.getAtt("RouteTableIds")),
                    look,
                    handlers,
                    retention,
                    clock);
        }
        // refers to the group, and is therefore created after it and deleted before it
        ingress = options.securityGroups().isEmpty()
                ? Optional.of(new DeployHandler(
                                this,
                                "Ingress",
                                handlers.resolve("ingress"),
                                retention,
                                ClusterIngress.rights(options.vpc()),
                                ClusterIngress.properties(
                                        options.vpc(), securityGroups.get(0), clusters, clock.instant()))
                        .resource())
                : Optional.empty();
    }

    /** For the connections that the Lambda creates: {@code vpc-1=sg-1,sg-2}. */
    public String securityGroupsByVpc() {
        return options.vpc() + "=" + String.join(",", securityGroups);
    }

    /** For the same connections, the checked subnets: {@code vpc-1=subnet-1@zone-a,subnet-2@zone-b}. */
    public String subnetsByVpc() {
        return options.vpc() + "=" + look.getAttString("Subnets");
    }

    /** The security groups of the jobs, which the clusters have to admit. */
    public List<String> securityGroups() {
        return securityGroups;
    }

    /** The custom resource that admits the stack's group at the clusters; empty if the options name groups. */
    public Optional<CustomResource> ingress() {
        return ingress;
    }

    /** https://docs.aws.amazon.com/glue/latest/dg/setup-vpc-for-glue-access.html */
    private String newGroup() {
        CfnSecurityGroup group = CfnSecurityGroup.Builder.create(this, "Jobs")
                .groupDescription("Export jobs of redshift-query-logs")
                .vpcId(options.vpc())
                .build();
        CfnSecurityGroupIngress.Builder.create(this, "Itself")
                .description("Traffic between the workers of a job")
                .groupId(group.getAttrGroupId())
                .sourceSecurityGroupId(group.getAttrGroupId())
                .ipProtocol("tcp")
                .fromPort(0)
                .toPort(65535)
                .build();
        return group.getAttrGroupId();
    }
}
