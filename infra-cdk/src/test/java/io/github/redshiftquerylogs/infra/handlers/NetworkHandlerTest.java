package io.github.redshiftquerylogs.infra.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.policy.PolicyStatement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NeedsNode
class NetworkHandlerTest {

    private static final String NAT = TestingNetwork.route("<natGatewayId>nat-1</natGatewayId>");

    @AutoClose
    private TestingNetwork network;

    private Handler handler;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        network = new TestingNetwork();
        network.subnet("subnet-1", "vpc-1", "eu-central-1a");
        network.subnet("subnet-2", "vpc-1", "eu-central-1b");
        network.subnet("subnet-3", "vpc-1", "eu-central-1c");
        network.subnet("subnet-foreign", "vpc-2", "eu-central-1a");
        handler = new Handler("network", network.uri());
    }

    @Test
    void aRouteToANatGatewayLeadsEverywhere() throws Exception {
        network.routeTable("rtb-main", "main");
        network.routeTable("rtb-1", "subnet-1", NAT);

        assertThat(handler.create(properties("false", "subnet-1"))
                        .at("/Data/RouteTableIds")
                        .toString())
                .isEqualTo("[\"rtb-1\"]");
    }

    @Test
    void endpointsOfAllServicesDoAsWell() throws Exception {
        network.routeTable("rtb-main", "main");
        network.gatewayEndpoint("s3", "rtb-main");
        network.interfaceEndpoint("ssm");
        network.interfaceEndpoint("glue");

        handler.create(properties("false", "subnet-1"));
    }

    @Test
    void theLambdaLearnsTheZonesOfTheSubnets() throws Exception {
        network.routeTable("rtb-main", "main", NAT);

        assertThat(handler.create(properties("false", "subnet-3", "subnet-1"))
                        .at("/Data/Subnets")
                        .asText())
                .isEqualTo("subnet-3@eu-central-1c,subnet-1@eu-central-1a");
    }

    /** Such a subnet would be checked with a route table of another VPC. */
    @Test
    void aSubnetOutsideOfTheVpcIsRefused() {
        network.routeTable("rtb-main", "main", NAT);

        assertThatThrownBy(() -> handler.create(properties("false", "subnet-1", "subnet-foreign", "subnet-unknown")))
                .hasMessage(
                        "subnet-foreign is in vpc-2; subnet-unknown does not exist: expected subnets of vpc-1, which"
                                + " -c vpc names");
    }

    @Test
    void whatIsMissingIsNamedWithSubnetAndService() {
        network.routeTable("rtb-main", "main");
        network.routeTable("rtb-2", "subnet-2", NAT);
        network.routeTable("rtb-3", "subnet-3");
        network.gatewayEndpoint("s3", "rtb-3");
        network.interfaceEndpoint("ssm");

        assertThatThrownBy(() -> handler.create(properties("false", "subnet-1", "subnet-2", "subnet-3")))
                .hasMessage("subnet-1 cannot reach s3, glue; subnet-3 cannot reach glue: expected a route to a NAT"
                        + " gateway, or endpoints of the VPC (-c endpoints=create creates them)");
    }

    @Test
    void anInternetGatewayLeadsNowhereWithoutAPublicAddress() {
        network.routeTable("rtb-1", "main", TestingNetwork.route("<gatewayId>igw-1</gatewayId>"));

        assertThatThrownBy(() -> handler.create(properties("false", "subnet-1")))
                .hasMessageStartingWith("subnet-1 cannot reach s3, ssm, glue");
    }

    @Test
    void anEndpointWithoutPrivateDnsIsNotUsed() {
        network.routeTable("rtb-1", "main");
        network.gatewayEndpoint("s3", "rtb-1");
        network.interfaceEndpoint("ssm");
        network.interfaceEndpoint("glue", false);

        assertThatThrownBy(() -> handler.create(properties("false", "subnet-1")))
                .hasMessageStartingWith("subnet-1 cannot reach glue");
    }

    @Test
    void endpointsThatTheStackWillMakeAreNotMissing() throws Exception {
        network.routeTable("rtb-main", "main");
        network.routeTable("rtb-1", "subnet-1");
        network.routeTable("rtb-2", "subnet-2");

        assertThat(handler.create(properties("true", "subnet-1", "subnet-2", "subnet-3"))
                        .at("/Data/RouteTableIds")
                        .toString())
                .isEqualTo("[\"rtb-1\",\"rtb-2\",\"rtb-main\"]");
    }

    @Test
    void privateNamesNeedBothAttributesOfTheVpc() throws Exception {
        network.routeTable("rtb-main", "main", NAT);
        network.off("enableDnsHostnames");

        handler.create(properties("false", "subnet-1"));
        assertThatThrownBy(() -> handler.create(properties("true", "subnet-1")))
                .hasMessage("vpc-1 has enableDnsHostnames off: expected on, as private names of endpoints need them."
                        + " aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-hostnames '{\"Value\":true}'");
        network.off("enableDnsSupport");
        assertThatThrownBy(() -> handler.create(properties("true", "subnet-1")))
                .hasMessageContaining("enableDnsSupport and enableDnsHostnames off");
    }

    @Test
    void theWholeVpcIsAdmittedAtTheEndpoints() throws Exception {
        Handler endpoints = new Handler("endpoints", network.uri());
        Map<String, Object> properties = Map.of("VpcId", "vpc-1", "GroupId", "sg-1");
        network.vpc("vpc-1", "10.0.0.0/16 associated", "10.9.0.0/16 disassociated", "100.64.0.0/16 associated");

        endpoints.create(properties);
        endpoints.invoke("Update", properties, 60);
        endpoints.invoke("Delete", properties, 60);

        assertThat(network.admitted())
                .containsExactly("sg-1 tcp 443-443 10.0.0.0/16", "sg-1 tcp 443-443 100.64.0.0/16");
    }

    @Test
    void aVpcThatIsNotFoundIsNamed() throws Exception {
        Handler endpoints = new Handler("endpoints", network.uri());

        assertThatThrownBy(() -> endpoints.create(Map.of("VpcId", "vpc-1", "GroupId", "sg-1")))
                .hasMessageStartingWith("vpc-1 has no IPv4 block");
    }

    @Test
    void existingEndpointsPreventCreationUnlessTheStackOwnsThem() throws Exception {
        network.routeTable("rtb-main", "main");
        network.interfaceEndpoint(
                "ssm", "<tagSet><item><key>project</key><value>redshift-query-logs</value></item></tagSet>");
        network.interfaceEndpoint("ec2");
        handler.invoke("Update", properties("true", "subnet-1"), 60);

        network.interfaceEndpoint("glue");
        assertThatThrownBy(() -> handler.create(properties("true", "subnet-1")))
                .hasMessage(
                        "vpc-1 already has vpce-glue: endpoints=create creates all or none; deploy without it to see"
                                + " which are missing");
    }

    @Test
    void theHandlersMayDoWhatTheyDo() throws Exception {
        network.routeTable("rtb-main", "main", NAT);
        network.vpc("vpc-1", "10.0.0.0/16 associated");
        SynthesizedStack stack = SynthesizedStack.with(
                Map.of("vpc", "vpc-0abc1234", "subnets", "subnet-0abc1234", "endpoints", "create"));

        handler.create(properties("true", "subnet-1"));
        assertThat(stack.policiesOf("NetworkLookRole").statements())
                .flatExtracting(PolicyStatement::actions)
                .filteredOn(action -> action.startsWith("ec2:"))
                .containsExactlyInAnyOrderElementsOf(network.actions());

        try (TestingNetwork other = new TestingNetwork()) {
            other.vpc("vpc-1", "10.0.0.0/16 associated");
            new Handler("endpoints", other.uri()).create(Map.of("VpcId", "vpc-1", "GroupId", "sg-1"));
            assertThat(stack.policiesOf("NetworkEndpointsAdmissionRole").statements())
                    .flatExtracting(PolicyStatement::actions)
                    .filteredOn(action -> action.startsWith("ec2:"))
                    .containsExactlyInAnyOrderElementsOf(other.actions());
        }
    }

    @Test
    void deletionChecksNothing() throws Exception {
        assertThat(handler.invoke("Delete", properties("false", "subnet-1"), 60))
                .isEmpty();
    }

    private static Map<String, Object> properties(String create, String... subnets) {
        return Map.of(
                "VpcId", "vpc-1",
                "SubnetIds", List.of(subnets),
                "Services", List.of("ssm", "glue"),
                "GatewayServices", List.of("s3"),
                "Create", create);
    }
}
