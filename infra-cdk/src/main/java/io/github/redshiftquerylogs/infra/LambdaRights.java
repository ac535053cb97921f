package io.github.redshiftquerylogs.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What the Lambda may do: see the Javadoc of {@code OrchestratorHandler}. Nothing that decrypts is among it. */
final class LambdaRights {

    private LambdaRights() {}

    static List<PolicyStatement> statements(Storage storage, JobResources job) {
        return List.of(
                Allow.of("Parameters", List.of("ssm:GetParameters"), List.of(Arns.PARAMETERS)),
                Allow.of(
                        "RecordConnections",
                        List.of("ssm:PutParameter"),
                        List.of(Arns.CONNECTION_PARAMETERS),
                        Allow.when("StringEquals", "ssm:Overwrite", "false")),
                Allow.of(
                        "State",
                        List.of("dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"),
                        List.of(storage.stateTable().getTableArn())),
                Allow.of(
                        "Jobs",
                        List.of(
                                "glue:StartJobRun",
                                "glue:GetJob",
                                "glue:CreateJob",
                                "glue:UpdateJob",
                                "glue:TagResource"),
                        List.of(Arns.JOBS)),
                Allow.of(
                        "Connections",
                        List.of("glue:GetConnection", "glue:CreateConnection", "glue:UpdateConnection"),
                        List.of(Arns.glue("catalog"), Arns.CONNECTIONS)),
                passRole(job),
                // both know no resources, so *:
                // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshift.html
                Allow.of(
                        "LookUpClusters",
                        List.of("redshift:DescribeClusters", "redshift:DescribeClusterSubnetGroups"),
                        List.of("*")));
    }

    /** Without a Region: passing a role is no request of its own, and the role is this Region's alone. */
    private static PolicyStatement passRole(JobResources job) {
        return PolicyStatement.Builder.create()
                .sid("RoleOfJobs")
                .actions(List.of("iam:PassRole"))
                .resources(List.of(job.role().getRoleArn()))
                .conditions(Map.of("StringEquals", Map.of("iam:PassedToService", "glue.amazonaws.com")))
                .build();
    }

    /** Why a resource is more than one. */
    static Map<String, String> wildcards() {
        return Map.of(
                Arns.PARAMETERS,
                "the parameters of all clusters",
                Arns.CONNECTION_PARAMETERS,
                "the connection of any cluster",
                Arns.JOBS,
                "the jobs of all clusters, by our name pattern",
                Arns.CONNECTIONS,
                "the connections of all clusters, by our name pattern",
                "*",
                "describing clusters and sending traces know no resources");
    }
}
