package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * The rules by which clusters let the jobs' security group in. The stack makes them where it makes that group, and takes
 * back only its own. Which action knows which resource and which condition:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
final class ClusterIngress {

    private static final String AUTHORIZE = "ec2:AuthorizeSecurityGroupIngress";
    private static final String GROUPS = Arns.of("ec2", "security-group/*");
    private static final String RULES = Arns.of("ec2", "security-group-rule/*");
    private static final String TAG = "aws:RequestTag/" + QueryLogsStack.TAG;

    private ClusterIngress() {}

    /**
     * Properties of the custom resource whose code is in {@code handlers/ingress}.
     *
     * @param synthesized makes each deployment another one, else CloudFormation would not look for clusters that were put
     *     on the list by hand
     */
    static Map<String, Object> properties(String vpc, String group, List<ClusterName> clusters, Instant synthesized) {
        return Map.of(
                "SourceGroup",
                group,
                "VpcId",
                vpc,
                "Tag",
                Map.of("Key", QueryLogsStack.TAG, "Value", QueryLogsStack.NAME),
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

    static List<PolicyStatement> rights(String vpc) {
        return List.of(
                Allow.of(
                        "ReadClusters",
                        List.of("ssm:GetParameters"),
                        List.of(
                                Arns.of("ssm", "parameter/" + ParameterNames.ENABLED_CLUSTER_LIST),
                                Arns.CONNECTION_PARAMETERS)),
                Allow.of(
                        "LookAtClusters",
                        List.of("redshift:DescribeClusters", "ec2:DescribeSecurityGroupRules"),
                        List.of("*")),
                // a VPC may be shared by another account, which is then the one in its ARN
                Allow.of(
                        "ChangeGroups",
                        List.of(AUTHORIZE, "ec2:RevokeSecurityGroupIngress"),
                        List.of(GROUPS),
                        Allow.when(
                                "ArnLike", "ec2:Vpc", "arn:" + Aws.PARTITION + ":ec2:" + Aws.REGION + ":*:vpc/" + vpc)),
                Allow.of(
                        "MakeTaggedRules",
                        List.of(AUTHORIZE),
                        List.of(RULES),
                        Allow.when("StringEquals", TAG, QueryLogsStack.NAME)),
                Allow.of(
                        "TagNewRules",
                        List.of("ec2:CreateTags"),
                        List.of(RULES),
                        Map.of(
                                "StringEquals",
                                Map.of("ec2:CreateAction", "AuthorizeSecurityGroupIngress", TAG, QueryLogsStack.NAME),
                                "ForAllValues:StringEquals",
                                Map.of("aws:TagKeys", List.of(QueryLogsStack.TAG)))));
    }

    /** Why a resource is more than one. */
    static Map<String, String> wildcards() {
        return Map.of(
                Arns.CONNECTION_PARAMETERS,
                "the connection of any cluster",
                GROUPS,
                "the groups of any cluster in the one VPC; revoking knows no rules, so the code looks at their tag",
                RULES,
                "rules that are being made have no id yet; only with our tag",
                "*",
                "describing clusters and rules knows no resources");
    }
}
