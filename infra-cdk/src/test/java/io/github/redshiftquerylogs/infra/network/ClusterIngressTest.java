package io.github.redshiftquerylogs.infra.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.PolicyStatement;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When rules at the clusters are added and removed, and with which permissions. */
@NeedsNode
class ClusterIngressTest {

    private static final Map<String, Object> GIVEN =
            Map.of("vpc", "vpc-0abc1234", "subnets", "subnet-0abc1234,subnet-0abc1235", "clusters", "sales,finance");
    private static final String GROUP = "AWS::EC2::SecurityGroup";
    private static final String INGRESS = "Custom::RedshiftQueryLogsIngress";
    private static final String EC2 = "arn:aws:ec2:eu-central-1:000000000000:";
    private static final String VPC = "arn:aws:ec2:eu-central-1:000000000000:vpc/vpc-0abc1234";

    private final SynthesizedStack stack = SynthesizedStack.with(GIVEN);
    private final PolicyEvaluation rights =
            new TemplateValues(Map.of()).policiesOf(stack.template(), "NetworkIngressRole");

    @Test
    void theStacksGroupIsLetInAtTheClustersGivenAndAtThoseOfTheList() {
        JsonNode ingress = stack.properties(INGRESS, "Network");

        assertThat(ingress.path("VpcId").asText()).isEqualTo("vpc-0abc1234");
        assertThat(ingress.path("Clusters").toString()).isEqualTo("[\"finance\",\"sales\"]");
        assertThat(ingress.path("List").asText()).isEqualTo("redshift_query_logs.global.enabled_cluster_list");
        assertThat(ingress.path("ConnectionParameter").asText()).isEqualTo("redshift_query_logs.*.connection");
        assertThat(ingress.path("Tag").toString()).contains("\"project\"", "\"redshift-query-logs\"");
        assertThat(ingress.path("DataApi").asText()).isEqualTo("redshift-data://");
        assertThat(stack.template()
                        .at("/Outputs/ClustersNotLettingInOutput/Value")
                        .toString())
                .contains(stack.resources(INGRESS).firstKey(), "NotLetIn");
    }

    /** CloudFormation calls a custom resource only if its properties change, and clusters may be added to the list by hand. */
    @Test
    void eachDeploymentLooksForClustersAgain() {
        Instant synthesized = Instant.parse(
                stack.properties(INGRESS, "Network").path("Synthesized").asText());

        assertThat(synthesized).isBetween(Instant.now().minus(Duration.ofMinutes(30)), Instant.now());
    }

    @Test
    void rulesComeAfterTheGroupAndGoBeforeItAndTicksComeAfterTheRules() {
        // a reference is a dependency: the referring resource is created later and deleted earlier
        assertThat(stack.properties(INGRESS, "Network").path("SourceGroup").toString())
                .isEqualTo("{\"Fn::GetAtt\":[\"" + stack.resources(GROUP).firstKey() + "\",\"GroupId\"]}");
        assertThat(stack.resource(INGRESS, "Network").path("DependsOn").toString())
                .contains("NetworkIngressRoleDefaultPolicy");
        for (String type : List.of("AWS::Scheduler::Schedule", "AWS::Events::Rule")) {
            assertThat(stack.resource(type, "Orchestration").path("DependsOn").toString())
                    .contains(stack.resources(INGRESS).firstKey());
        }
    }

    @Test
    void rulesAreMadeAndTakenBackInTheVpcAlone() {
        for (String action : List.of("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress")) {
            Call change = call(action, EC2 + "security-group/sg-0cbd1234");

            assertThat(rights.allows(change.with("ec2:Vpc", VPC))).isTrue();
            // a VPC shared by another account
            assertThat(rights.allows(change.with("ec2:Vpc", VPC.replace("000000000000", "111111111111"))))
                    .isTrue();
            assertThat(rights.allows(change.with("ec2:Vpc", VPC.replace("vpc-0abc1234", "vpc-0abc1235"))))
                    .isFalse();
            assertThat(rights.allows(change)).isFalse();
            assertThat(rights.allows(change.with("ec2:Vpc", VPC).with("aws:RequestedRegion", "us-east-1")))
                    .isFalse();
        }
    }

    @Test
    void rulesAreMadeWithOurTagOnlyAndNothingElseIsTagged() {
        Call rule = call("ec2:AuthorizeSecurityGroupIngress", EC2 + "security-group-rule/*");
        Call tag = call("ec2:CreateTags", EC2 + "security-group-rule/*")
                .with("ec2:CreateAction", "AuthorizeSecurityGroupIngress")
                .with("aws:RequestTag/project", "redshift-query-logs")
                .with("aws:TagKeys", "project");

        assertThat(rights.allows(rule.with("aws:RequestTag/project", "redshift-query-logs")))
                .isTrue();
        assertThat(rights.allows(rule)).isFalse();
        assertThat(rights.allows(tag)).isTrue();
        assertThat(rights.allows(tag.with("aws:TagKeys", "project", "owner"))).isFalse();
        assertThat(rights.allows(tag.with("ec2:CreateAction", "RunInstances"))).isFalse();
        assertThat(rights.allows(new Call("ec2:CreateTags", EC2 + "security-group/sg-0cbd1234", tag.context())))
                .isFalse();
    }

    @Test
    void theListAndTheConnectionsAreReadAndNoCredential() {
        String parameter = "arn:aws:ssm:eu-central-1:000000000000:parameter/redshift_query_logs.";

        assertThat(rights.allows(call("ssm:GetParameters", parameter + "global.enabled_cluster_list")))
                .isTrue();
        assertThat(rights.allows(call("ssm:GetParameters", parameter + "finance.connection")))
                .isTrue();
        assertThat(rights.allows(call("ssm:GetParameters", parameter + "finance.password")))
                .isFalse();
        assertThat(rights.allows(call("redshift:DescribeClusters", "*"))).isTrue();
        assertThat(rights.allows(call("ec2:DescribeSecurityGroupRules", "*"))).isTrue();
        assertThat(rights.statements().stream()
                        .filter(statement -> statement.resources().contains("*"))
                        .flatMap(statement -> statement.actions().stream()))
                .containsExactlyInAnyOrder("redshift:DescribeClusters", "ec2:DescribeSecurityGroupRules");
        assertThat(rights.statements())
                .flatExtracting(PolicyStatement::actions)
                .noneMatch(action -> action.contains("*"));
    }

    private static Call call(String action, String resource) {
        return Call.of(action, resource).with("aws:RequestedRegion", "eu-central-1");
    }
}
