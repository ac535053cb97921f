package io.github.redshiftquerylogs.infra.orchestration;

import io.github.redshiftquerylogs.infra.job.JobResources;
import io.github.redshiftquerylogs.infra.lake.Storage;
import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Arns;
import io.github.redshiftquerylogs.infra.rights.Target;
import java.util.List;

/** Permissions of the Lambda, for the calls listed in the Javadoc of {@code OrchestratorHandler}. None decrypts. */
final class LambdaRights {

    private LambdaRights() {}

    static List<Allow> of(Storage storage, JobResources job) {
        return List.of(
                Allow.of(
                        "Parameters",
                        List.of("ssm:GetParameters"),
                        List.of(Target.wildcard(Arns.PARAMETERS, "the parameters of all clusters"))),
                Allow.of(
                        "RecordConnections",
                        List.of("ssm:PutParameter"),
                        List.of(Target.wildcard(Arns.CONNECTION_PARAMETERS, "the connection of any cluster")),
                        Allow.when("StringEquals", "ssm:Overwrite", "false")),
                Allow.of(
                        "State",
                        List.of("dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"),
                        List.of(Target.of(storage.stateTable().getTableArn()))),
                Allow.of(
                        "Jobs",
                        List.of(
                                "glue:StartJobRun",
                                "glue:GetJob",
                                "glue:GetJobRun",
                                "glue:CreateJob",
                                "glue:UpdateJob",
                                "glue:TagResource"),
                        List.of(Target.wildcard(Arns.JOBS, "the jobs of all clusters, by our name pattern"))),
                Allow.of(
                        "Connections",
                        List.of("glue:GetConnection", "glue:CreateConnection", "glue:UpdateConnection"),
                        List.of(
                                Target.of(Arns.glue("catalog")),
                                Target.wildcard(
                                        Arns.CONNECTIONS, "the connections of all clusters, by our name pattern"))),
                // no Region: passing a role is not a request of its own, and the role belongs to this Region
                Allow.inAnyRegion(
                        "RoleOfJobs",
                        List.of("iam:PassRole"),
                        List.of(Target.of(job.role().getRoleArn())),
                        Allow.when("StringEquals", "iam:PassedToService", "glue.amazonaws.com")),
                // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshift.html
                Allow.of(
                        "LookUpClusters",
                        List.of("redshift:DescribeClusters", "redshift:DescribeClusterSubnetGroups"),
                        // the CDK adds the permission to send traces, on * as well
                        List.of(Target.all("describing clusters and subnet groups, and sending traces, do not support"
                                + " resource-level permissions"))));
    }
}
