package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.infra.options.NetworkOptions;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * Where jobs with a JDBC connection run: a security group as Glue wants it (open to itself), a look whether the subnets
 * lead to what the jobs call, endpoints, if they are asked for, and rules by which the clusters let the group in, if it is
 * the stack's. Clusters behind the Data API need none of it.
 */
final class Network extends Construct {

    /** Reached by routes, free of charge. */
    static final List<String> GATEWAY_SERVICES = List.of("s3", "dynamodb");

    private final NetworkOptions options;
    private final List<String> securityGroups;
    private final CustomResource look;
    private final Optional<CustomResource> ingress;

    /**
     * @param clusters to be reached, beside those of the list
     * @param clock each deployment looks for them anew
     */
    Network(
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
                        // they know no resources, so *
                        List.of(Allow.of(
                                "LookAtNetwork",
                                List.of("ec2:DescribeSubnets", "ec2:DescribeRouteTables", "ec2:DescribeVpcEndpoints"),
                                List.of("*"))),
                        Map.of("*", "describing subnets, route tables and endpoints knows no resources"),
                        Map.of(
                                "VpcId", options.vpc(),
                                "SubnetIds", options.subnets(),
                                "Services", NetworkOptions.INTERFACE_SERVICES,
                                "GatewayServices", GATEWAY_SERVICES,
                                "Create", Boolean.toString(options.createEndpoints())))
                .resource();
        if (options.createEndpoints()) {
            List<String> routeTables = Token.asList(look.getAtt("RouteTableIds"));
            GATEWAY_SERVICES.forEach(service -> endpoint(service)
                    .vpcEndpointType("Gateway")
                    .routeTableIds(routeTables)
                    .build());
            NetworkOptions.INTERFACE_SERVICES.forEach(service -> endpoint(service)
                    .vpcEndpointType("Interface")
                    .privateDnsEnabled(true)
                    .subnetIds(options.subnets())
                    .securityGroupIds(securityGroups)
                    .build()
                    .getNode()
                    .addDependency(look));
        }
        // it refers to the group, so it comes after it, and goes before it
        ingress = options.securityGroups().isEmpty()
                ? Optional.of(new DeployHandler(
                                this,
                                "Ingress",
                                handlers.resolve("ingress"),
                                retention,
                                ClusterIngress.rights(options.vpc()),
                                ClusterIngress.wildcards(),
                                ClusterIngress.properties(
                                        options.vpc(), securityGroups.get(0), clusters, clock.instant()))
                        .resource())
                : Optional.empty();
    }

    /** For the Lambda, which puts them into the connections that it makes: {@code vpc-1=sg-1,sg-2}. */
    String securityGroupsByVpc() {
        return options.vpc() + "=" + String.join(",", securityGroups);
    }

    /** For the same connections: the subnets that were looked at, {@code vpc-1=subnet-1@zone-a,subnet-2@zone-b}. */
    String subnetsByVpc() {
        return options.vpc() + "=" + look.getAttString("Subnets");
    }

    /** To be let in at the clusters. */
    List<String> securityGroups() {
        return securityGroups;
    }

    /** What lets the stack's own group in at the clusters; empty if groups are given. */
    Optional<CustomResource> ingress() {
        return ingress;
    }

    private CfnVPCEndpoint.Builder endpoint(String service) {
        return CfnVPCEndpoint.Builder.create(this, "Endpoint-" + service)
                .vpcId(options.vpc())
                .serviceName("com.amazonaws." + Aws.REGION + "." + service);
    }

    /** https://docs.aws.amazon.com/glue/latest/dg/setup-vpc-for-glue-access.html */
    private String newGroup() {
        CfnSecurityGroup group = CfnSecurityGroup.Builder.create(this, "Jobs")
                .groupDescription("Export jobs of redshift-query-logs")
                .vpcId(options.vpc())
                .build();
        CfnSecurityGroupIngress.Builder.create(this, "Itself")
                .description("Workers of a job talk to each other")
                .groupId(group.getAttrGroupId())
                .sourceSecurityGroupId(group.getAttrGroupId())
                .ipProtocol("tcp")
                .fromPort(0)
                .toPort(65535)
                .build();
        return group.getAttrGroupId();
    }
}
