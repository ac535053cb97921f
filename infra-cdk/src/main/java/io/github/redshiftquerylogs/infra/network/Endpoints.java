package io.github.redshiftquerylogs.infra.network;

import io.github.redshiftquerylogs.infra.foundation.DeployHandler;
import io.github.redshiftquerylogs.infra.options.NetworkOptions;
import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Arns;
import io.github.redshiftquerylogs.infra.rights.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * Endpoints of the services that the jobs call. Private DNS makes the names of these services lead to the endpoints for
 * everybody in the VPC, so their security group admits the whole VPC.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
final class Endpoints extends Construct {

    /** Services with gateway endpoints, which are free of charge. */
    static final List<String> GATEWAY_SERVICES = List.of("s3", "dynamodb");

    private final NetworkOptions options;

    /**
     * Creates the endpoints, their security group, and its rules.
     *
     * @param routeTables route tables of the subnets
     * @param look the check of the network, which comes first
     * @param clock its time makes each deployment look for new blocks of the VPC
     */
    Endpoints(
            Construct scope,
            String id,
            NetworkOptions options,
            List<String> routeTables,
            CustomResource look,
            Path handlers,
            RetentionDays retention,
            Clock clock) {
        super(scope, id);
        this.options = options;
        CfnSecurityGroup group = CfnSecurityGroup.Builder.create(this, "Group")
                .groupDescription("Endpoints of redshift-query-logs, open to the VPC")
                .vpcId(options.vpc())
                .build();
        CustomResource admission = admission(group.getAttrGroupId(), handlers, retention, clock);
        GATEWAY_SERVICES.forEach(service -> endpoint(service)
                .vpcEndpointType("Gateway")
                .routeTableIds(routeTables)
                .build());
        // the rules come first: from the moment that an endpoint exists, the whole VPC depends on it
        NetworkOptions.INTERFACE_SERVICES.forEach(service -> endpoint(service)
                .vpcEndpointType("Interface")
                .privateDnsEnabled(true)
                .subnetIds(options.subnets())
                .securityGroupIds(List.of(group.getAttrGroupId()))
                .build()
                .getNode()
                .addDependency(look, admission));
        Annotations.of(this)
                .addWarningV2(
                        "redshift-query-logs:endpoints",
                        "endpoints=create leads " + String.join(", ", NetworkOptions.INTERFACE_SERVICES)
                                + " to new endpoints for everything in " + options.vpc()
                                + ", and s3 and dynamodb for the route tables of the subnets. The endpoints admit the"
                                + " whole VPC; networks beyond it, such as peered ones that resolve names here, are"
                                + " not admitted.");
    }

    private CustomResource admission(String group, Path handlers, RetentionDays retention, Clock clock) {
        return new DeployHandler(
                        this,
                        "Admission",
                        handlers.resolve("endpoints"),
                        retention,
                        List.of(
                                Allow.of(
                                        "LookAtVpc",
                                        List.of("ec2:DescribeVpcs"),
                                        List.of(Target.all(
                                                "describing VPCs does not support resource-level permissions"))),
                                Allow.of(
                                        "AdmitVpc",
                                        List.of("ec2:AuthorizeSecurityGroupIngress"),
                                        List.of(Target.of(Arns.of("ec2", "security-group/" + group))))),
                        Map.of(
                                "VpcId", options.vpc(),
                                "GroupId", group,
                                "Synthesized", clock.instant().toString()))
                .resource();
    }

    private CfnVPCEndpoint.Builder endpoint(String service) {
        return CfnVPCEndpoint.Builder.create(this, service)
                .vpcId(options.vpc())
                .serviceName("com.amazonaws." + Aws.REGION + "." + service);
    }
}
