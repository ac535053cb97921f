package io.github.redshiftquerylogs.infra.network;

import io.github.redshiftquerylogs.infra.foundation.ProjectTag;
import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Arns;
import io.github.redshiftquerylogs.infra.rights.Target;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;

/**
 * Security group rules that admit the jobs' security group at the clusters. The stack adds them if it creates that
 * group, and removes only its own. Resources and conditions of each action:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
final class ClusterIngress {

    private static final String AUTHORIZE = "ec2:AuthorizeSecurityGroupIngress";
    private static final String TAG = "aws:RequestTag/" + ProjectTag.KEY;
    private static final Target RULES = Target.wildcard(
            Arns.of("ec2", "security-group-rule/*"), "new rules have no id yet; only rules with our tag");

    private ClusterIngress() {}

    /**
     * Properties of the custom resource whose code is in {@code handlers/ingress}.
     *
     * @param synthesized time of the synthesis; makes CloudFormation call the handler in each deployment, which then
     *     finds clusters that were added to the list by hand
     */
    static Map<String, Object> properties(String vpc, String group, List<ClusterName> clusters, Instant synthesized) {
        return Map.of(
                "SourceGroup",
                group,
                "VpcId",
                vpc,
                "Tag",
                Map.of("Key", ProjectTag.KEY, "Value", ProjectTag.VALUE),
                "Clusters",
                clusters.stream().map(ClusterName::value).toList(),
                "List",
                ParameterNames.ENABLED_CLUSTER_LIST,
                "ConnectionParameter",
                Arns.CONNECTION_PARAMETER,
                "DataApi",
                ClusterConnection.DataApi.SCHEME,
                "Synthesized",
                synthesized.toString());
    }

    static List<Allow> rights(String vpc) {
        return List.of(
                Allow.of(
                        "ReadClusters",
                        List.of("ssm:GetParameters"),
                        List.of(
                                Target.of(Arns.of("ssm", "parameter/" + ParameterNames.ENABLED_CLUSTER_LIST)),
                                Target.wildcard(Arns.CONNECTION_PARAMETERS, "the connection of any cluster"))),
                Allow.of(
                        "LookAtClusters",
                        List.of("redshift:DescribeClusters", "ec2:DescribeSecurityGroupRules"),
                        List.of(Target.all(
                                "describing clusters and rules does not support resource-level" + " permissions"))),
                // the ARN of a shared VPC contains its owner's account
                Allow.of(
                        "ChangeGroups",
                        List.of(AUTHORIZE, "ec2:RevokeSecurityGroupIngress"),
                        List.of(Target.wildcard(
                                Arns.of("ec2", "security-group/*"),
                                "the groups of any cluster in the one VPC; revoking cannot be restricted to rules,"
                                        + " so the handler checks their tag")),
                        Allow.when(
                                "ArnLike", "ec2:Vpc", "arn:" + Aws.PARTITION + ":ec2:" + Aws.REGION + ":*:vpc/" + vpc)),
                Allow.of(
                        "MakeTaggedRules",
                        List.of(AUTHORIZE),
                        List.of(RULES),
                        Allow.when("StringEquals", TAG, ProjectTag.VALUE)),
                Allow.of(
                        "TagNewRules",
                        List.of("ec2:CreateTags"),
                        List.of(RULES),
                        Map.of(
                                "StringEquals",
                                Map.of("ec2:CreateAction", "AuthorizeSecurityGroupIngress", TAG, ProjectTag.VALUE),
                                "ForAllValues:StringEquals",
                                Map.of("aws:TagKeys", List.of(ProjectTag.KEY)))));
    }
}
