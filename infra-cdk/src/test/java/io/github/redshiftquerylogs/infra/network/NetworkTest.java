package io.github.redshiftquerylogs.infra.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.options.NetworkOptions;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@NeedsNode
class NetworkTest {

    private static final Map<String, Object> GIVEN =
            Map.of("vpc", "vpc-0abc1234", "subnets", "subnet-0abc1234,subnet-0abc1235");
    private static final String GROUP = "AWS::EC2::SecurityGroup";
    private static final String ENDPOINT = "AWS::EC2::VPCEndpoint";
    private static final String INGRESS = "Custom::RedshiftQueryLogsIngress";

    @Test
    void withoutAVpcThereIsNothing() {
        SynthesizedStack stack = SynthesizedStack.standard();

        assertThat(stack.resources(GROUP)).isEmpty();
        assertThat(stack.resources("Custom::RedshiftQueryLogsLook")).isEmpty();
        assertThat(stack.resources(INGRESS)).isEmpty();
        assertThat(variables(stack).has("SECURITY_GROUPS")).isFalse();
        assertThat(variables(stack).has("SUBNETS")).isFalse();
        assertThat(outputs(stack)).noneMatch(output -> output.startsWith("ClustersNotLettingIn"));
    }

    @Test
    void theGroupOfJobsIsOpenToItselfAndToNobodyElse() {
        SynthesizedStack stack = SynthesizedStack.with(GIVEN);

        assertThat(stack.properties(GROUP, "Network").has("SecurityGroupIngress"))
                .isFalse();
        JsonNode ingress = stack.properties("AWS::EC2::SecurityGroupIngress", "Network");
        assertThat(ingress.path("SourceSecurityGroupId")).isEqualTo(ingress.path("GroupId"));
        assertThat(ingress.path("IpProtocol").asText()).isEqualTo("tcp");
        assertThat(ingress.path("FromPort").asInt(-1)).isZero();
        assertThat(ingress.path("ToPort").asInt()).isEqualTo(65535);
        assertThat(variables(stack).path("SECURITY_GROUPS").asText()).matches("vpc-0abc1234=NetworkJobs.*\\.GroupId");
    }

    @Test
    void groupsThatAreGivenAreUsed() {
        SynthesizedStack stack = SynthesizedStack.with(Map.of(
                "vpc", "vpc-0abc1234", "subnets", "subnet-0abc1234", "securityGroups", "sg-0abc1234,sg-0abc1235"));

        assertThat(stack.resources(GROUP)).isEmpty();
        assertThat(variables(stack).path("SECURITY_GROUPS").asText()).isEqualTo("vpc-0abc1234=sg-0abc1234,sg-0abc1235");
        // the rules of existing groups are not changed
        assertThat(stack.resources(INGRESS)).isEmpty();
        assertThat(outputs(stack)).noneMatch(output -> output.startsWith("ClustersNotLettingIn"));
    }

    @Test
    void theLambdaGetsTheSubnetsThatWereLookedAt() {
        SynthesizedStack stack = SynthesizedStack.with(GIVEN);
        String look = stack.resources("Custom::RedshiftQueryLogsLook").firstKey();
        Map<String, String> variables = new HashMap<>();
        new TemplateValues(Map.of(
                        look + ".Subnets",
                        "subnet-0abc1234@eu-central-1a,subnet-0abc1235@eu-central-1b",
                        stack.resources(GROUP).firstKey() + ".GroupId",
                        "sg-0abc1234"))
                .resolve(stack.properties("AWS::Lambda::Function", "OrchestrationFunction")
                        .at("/Environment/Variables"))
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));

        Environment environment = Environment.parse(variables);

        assertThat(environment.network().subnets())
                .isEqualTo(Map.of(
                        "vpc-0abc1234",
                        List.of(
                                new JobSubnet("subnet-0abc1234", "eu-central-1a", true),
                                new JobSubnet("subnet-0abc1235", "eu-central-1b", true))));
        assertThat(environment.network().securityGroups()).isEqualTo(Map.of("vpc-0abc1234", List.of("sg-0abc1234")));
    }

    @Test
    void theSubnetsAreLookedAt() {
        JsonNode look = SynthesizedStack.with(GIVEN).properties("Custom::RedshiftQueryLogsLook", "Network");

        assertThat(look.path("SubnetIds").toString()).isEqualTo("[\"subnet-0abc1234\",\"subnet-0abc1235\"]");
        assertThat(look.path("Create").asText()).isEqualTo("false");
        assertThat(look.path("Services").size() + look.path("GatewayServices").size())
                .isEqualTo(9);
        assertThat(SynthesizedStack.with(GIVEN).resources(ENDPOINT)).isEmpty();
    }

    @Test
    void endpointsAreMadeWhereTheyAreAskedForAsManyAsTheCostCounts() {
        SynthesizedStack stack = SynthesizedStack.with(
                Map.of("vpc", "vpc-0abc1234", "subnets", "subnet-0abc1234", "endpoints", "create"));

        Map<String, Long> byType = stack.resources(ENDPOINT).values().stream()
                .collect(Collectors.groupingBy(
                        endpoint -> endpoint.at("/Properties/VpcEndpointType").asText(), Collectors.counting()));
        assertThat(byType).containsExactlyInAnyOrderEntriesOf(Map.of("Gateway", 2L, "Interface", (long)
                NetworkOptions.INTERFACE_SERVICES.size()));
        assertThat(stack.resources(ENDPOINT).values())
                .allSatisfy(endpoint ->
                        assertThat(endpoint.at("/Properties/Tags").toString()).contains("redshift-query-logs"));
        assertThat(stack.properties(ENDPOINT, "NetworkEndpointss3")
                        .path("RouteTableIds")
                        .toString())
                .contains("NetworkLook", "RouteTableIds");
    }

    @Test
    void endpointsHaveAGroupOfTheirOwnThatAdmitsTheVpcBeforeTheyExist() {
        SynthesizedStack stack = SynthesizedStack.with(Map.of(
                "vpc", "vpc-0abc1234",
                "subnets", "subnet-0abc1234",
                "securityGroups", "sg-0abc1234",
                "endpoints", "create"));
        String group = stack.resources(GROUP).firstKey();
        String admission = stack.resources("Custom::RedshiftQueryLogsAdmission").firstKey();

        assertThat(stack.properties("Custom::RedshiftQueryLogsAdmission", "Network")
                        .path("GroupId")
                        .toString())
                .contains(group);
        assertThat(stack.resources(ENDPOINT).values())
                .filteredOn(endpoint ->
                        endpoint.at("/Properties/VpcEndpointType").asText().equals("Interface"))
                .isNotEmpty()
                .allSatisfy(endpoint -> {
                    assertThat(endpoint.at("/Properties/SecurityGroupIds").toString())
                            .contains(group)
                            .doesNotContain("sg-0abc1234");
                    assertThat(endpoint.path("DependsOn").toString()).contains(admission);
                });
        assertThat(SynthesizedStack.with(GIVEN).resources("Custom::RedshiftQueryLogsAdmission"))
                .isEmpty();
    }

    private static List<String> outputs(SynthesizedStack stack) {
        return stack.template().path("Outputs").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private static JsonNode variables(SynthesizedStack stack) {
        return new TemplateValues(Map.of())
                .resolve(stack.properties("AWS::Lambda::Function", "OrchestrationFunction")
                        .at("/Environment/Variables"));
    }
}
