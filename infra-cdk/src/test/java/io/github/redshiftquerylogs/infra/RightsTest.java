package io.github.redshiftquerylogs.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.PolicyStatement;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that the synthesized policies allow or deny. */
@NeedsNode
class RightsTest {

    private static final String REGION = "eu-central-1";
    private static final String ACCOUNT = REGION + ":000000000000:";
    private static final String PASSWORD = "arn:aws:ssm:" + ACCOUNT + "parameter/redshift_query_logs.finance.password";
    private static final String ROLE = "arn:aws:iam::000000000000:role/redshift-query-logs-job-" + REGION;

    private final SynthesizedStack stack = SynthesizedStack.standard();
    private final PolicyEvaluation lambda = policies("OrchestrationRole");
    private final PolicyEvaluation job = policies("JobRole");
    private final PolicyEvaluation parameters = policies("ParametersRole");

    @Test
    void noStatementAllowsAllActionsOfAService() {
        assertThat(List.of(
                        lambda,
                        job,
                        parameters,
                        policies("JobRemovalRole"),
                        policies("AthenaStatementsRole"),
                        policies("TableOptimizersRole"),
                        ownExports("OwnExportsUploadRole"),
                        network("NetworkLookRole"),
                        network("NetworkEndpointsAdmissionRole"),
                        network("NetworkIngressRole")))
                .allSatisfy(policies -> assertThat(policies.statements())
                        .flatExtracting(PolicyStatement::actions)
                        .isNotEmpty()
                        .noneMatch(action -> action.contains("*")));
    }

    @Test
    void everyStatementIsRestrictedToTheRegionButPassRoleAndThoseThatAnyRegionAnswers() {
        assertThat(List.of(lambda, job, parameters))
                .allSatisfy(policies -> assertThat(policies.statements())
                        .filteredOn(statement ->
                                !List.of("", "RoleOfJobs", "LocateBucket").contains(statement.sid()))
                        .isNotEmpty()
                        .allSatisfy(
                                statement -> assertThat(statement.conditions().get("StringEquals"))
                                        .containsEntry("aws:RequestedRegion", List.of(REGION))));
        Call here = call("ssm:GetParameters", PASSWORD);
        assertThat(lambda.allows(here)).isTrue();
        assertThat(lambda.allows(here.with("aws:RequestedRegion", "us-east-1"))).isFalse();
        // S3 answers in any Region where a bucket is
        for (PolicyEvaluation role : List.of(job, policies("AthenaStatementsRole"))) {
            assertThat(role.allows(Call.of("s3:GetBucketLocation", "StorageBucket.Arn")
                            .with("aws:RequestedRegion", "us-east-1")))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "glue:StartJobRun",
                "glue:GetJob",
                "glue:GetJobRun",
                "glue:CreateJob",
                "glue:UpdateJob",
                "glue:TagResource"
            })
    void theLambdaWorksOnJobsOfItsNamePatternOnly(String action) {
        String jobs = "arn:aws:glue:" + ACCOUNT + "job/";

        assertThat(lambda.allows(call(action, jobs + "finance_extract_rs_query_logs")))
                .isTrue();
        assertThat(lambda.allows(call(action, jobs + "nightly"))).isFalse();
        assertThat(job.allows(call(action, jobs + "finance_extract_rs_query_logs")))
                .isFalse();
    }

    @Test
    void theLambdaMayPassOnlyTheJobRoleAndOnlyToGlue() {
        Call pass = call("iam:PassRole", "JobRole.Arn").with("iam:PassedToService", "glue.amazonaws.com");

        assertThat(lambda.allows(pass)).isTrue();
        assertThat(lambda.allows(pass.with("iam:PassedToService", "ec2.amazonaws.com")))
                .isFalse();
        assertThat(lambda.allows(
                        call("iam:PassRole", ROLE + "-other").with("iam:PassedToService", "glue.amazonaws.com")))
                .isFalse();
    }

    @Test
    void theLambdaReadsOurParametersAndDecryptsNothing() {
        assertThat(lambda.allows(call("ssm:GetParameters", PASSWORD))).isTrue();
        assertThat(lambda.allows(call("ssm:GetParameters", "arn:aws:ssm:" + ACCOUNT + "parameter/other.password")))
                .isFalse();
        assertThat(lambda.statements())
                .flatExtracting(PolicyStatement::actions)
                .noneMatch(action -> action.startsWith("kms:") || action.startsWith("secretsmanager:"));
    }

    @Test
    void theLambdaMakesConnectionsOfItsNamePatternOnly() {
        String connections = "arn:aws:glue:" + ACCOUNT + "connection/";
        for (String action : List.of("glue:CreateConnection", "glue:GetConnection", "glue:UpdateConnection")) {
            assertThat(lambda.allows(call(action, connections + "finance_rs_query_logs")))
                    .isTrue();
            assertThat(lambda.allows(call(action, connections + "warehouse"))).isFalse();
        }
        // users may name a connection of their own
        assertThat(job.allows(call("glue:GetConnection", connections + "warehouse")))
                .isTrue();
        assertThat(job.allows(call("glue:UpdateConnection", connections + "warehouse")))
                .isFalse();
    }

    @Test
    void theLambdaRecordsAConnectionOnceAndNothingElse() {
        String prefix = "arn:aws:ssm:" + ACCOUNT + "parameter/redshift_query_logs.finance.";
        Call record = call("ssm:PutParameter", prefix + "connection");

        assertThat(lambda.allows(record.with("ssm:Overwrite", "false"))).isTrue();
        assertThat(lambda.allows(record.with("ssm:Overwrite", "true"))).isFalse();
        assertThat(lambda.allows(call("ssm:PutParameter", prefix + "user").with("ssm:Overwrite", "false")))
                .isFalse();
    }

    @Test
    void theJobDecryptsOnlyOurPasswordsAndOnlyThroughParameterStore() {
        Call decrypt = call("kms:Decrypt", "arn:aws:kms:" + ACCOUNT + "key/1")
                .with("kms:ViaService", "ssm." + REGION + ".amazonaws.com")
                .with("kms:EncryptionContext:PARAMETER_ARN", PASSWORD);

        assertThat(job.allows(decrypt)).isTrue();
        assertThat(job.allows(decrypt.with("kms:ViaService", "s3." + REGION + ".amazonaws.com")))
                .isFalse();
        assertThat(job.allows(decrypt.with(
                        "kms:EncryptionContext:PARAMETER_ARN", "arn:aws:ssm:" + ACCOUNT + "parameter/other.password")))
                .isFalse();
        assertThat(job.allows(call("kms:Decrypt", "arn:aws:kms:" + ACCOUNT + "key/1")))
                .isFalse();
        assertThat(job.allows(call("ssm:GetParameters", PASSWORD))).isTrue();
    }

    @Test
    void theJobReadsTaggedSecretsOnly() {
        Call read =
                call("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:" + ACCOUNT + "secret:finance-a1b2c3");

        assertThat(job.allows(read)).isFalse();
        assertThat(job.allows(read.with("secretsmanager:ResourceTag/redshift_query_logs", "true")))
                .isTrue();
    }

    @Test
    void theJobWritesTheLakeAndStagingOnly() {
        String bucket = "StorageBucket.Arn";
        for (String action : List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject")) {
            assertThat(job.allows(call(action, bucket + "/lake/data/stl_query/a.parquet")))
                    .isTrue();
            assertThat(job.allows(call(action, bucket + "/staging/a"))).isTrue();
            assertThat(job.allows(call(action, bucket + "/athena-results/a"))).isFalse();
            assertThat(job.allows(call(action, "arn:aws:s3:::another/lake/a"))).isFalse();
        }
        assertThat(job.allows(call("s3:ListBucket", bucket).with("s3:prefix", "lake/data/")))
                .isTrue();
        assertThat(job.allows(call("s3:ListBucket", bucket).with("s3:prefix", "athena-results/")))
                .isFalse();
        assertThat(job.allows(call("s3:ListBucket", bucket)))
                .as("of everything")
                .isFalse();
    }

    /** What lies in the folder runs as SQL at the clusters. */
    @Test
    void ownExportsAreWrittenByTheirUploadAlone() {
        String file = "StorageBucket.Arn/exports/own/own_orders.yaml";
        PolicyEvaluation upload = ownExports("OwnExportsUploadRole");
        for (String action : List.of("s3:PutObject", "s3:DeleteObject")) {
            assertThat(upload.allows(call(action, file))).isTrue();
            assertThat(upload.allows(call(action, "StorageBucket.Arn/exports/owners")))
                    .isFalse();
            assertThat(upload.allows(call(action, "StorageBucket.Arn/lake/data/a")))
                    .isFalse();
            for (String role : List.of(
                    "JobRole",
                    "OrchestrationRole",
                    "ParametersRole",
                    "AthenaStatementsRole",
                    "TableOptimizersRole",
                    "JobRemovalRole")) {
                assertThat(ownExports(role).allows(call(action, file))).as(role).isFalse();
            }
        }
        assertThat(ownExports("JobRole").allows(call("s3:GetObject", file))).isTrue();
        assertThat(job.allows(call("s3:ListBucket", "StorageBucket.Arn").with("s3:prefix", "exports/own/")))
                .as("of a folder that somebody else fills")
                .isTrue();
    }

    /**
     * An UNLOAD without rows may leave no manifest. S3 answers 404 only if the caller may list the key as a prefix;
     * otherwise it answers 403 (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
     */
    @Test
    void theJobGets404ForAMissingManifest() {
        String manifest = "staging/finance/stl_query/1/0/manifest";

        assertThat(job.allows(call("s3:GetObject", "StorageBucket.Arn/" + manifest)))
                .isTrue();
        assertThat(job.allows(call("s3:ListBucket", "StorageBucket.Arn").with("s3:prefix", manifest)))
                .isTrue();
    }

    @Test
    void theJobCreatesAndUpdatesItsTablesAndDeletesNone() {
        String table = "arn:aws:glue:" + ACCOUNT + "table/redshift_query_logs_db/stl_query";

        assertThat(List.of("glue:GetTable", "glue:CreateTable", "glue:UpdateTable"))
                .allMatch(action -> job.allows(call(action, table)));
        assertThat(job.allows(call("glue:UpdateTable", "arn:aws:glue:" + ACCOUNT + "table/sales_db/orders")))
                .isFalse();
        assertThat(job.allows(call("glue:DeleteTable", table))).isFalse();
        assertThat(job.allows(call("dynamodb:UpdateItem", "StorageStateTable.Arn")))
                .isTrue();
        assertThat(job.allows(call("dynamodb:UpdateItem", "arn:aws:dynamodb:" + ACCOUNT + "table/other")))
                .isFalse();
        assertThat(job.allows(call("dynamodb:DeleteItem", "StorageStateTable.Arn")))
                .isFalse();
    }

    @Test
    void theJobSeesTheResultsOfItsOwnStatementsOnly() {
        Call result = call("redshift-data:GetStatementResult", "*").with("aws:userid", "me");

        assertThat(job.allows(result.with("redshift-data:statement-owner-iam-userid", "me")))
                .isTrue();
        assertThat(job.allows(result.with("redshift-data:statement-owner-iam-userid", "you")))
                .isFalse();
        assertThat(job.allows(
                        call("redshift-data:BatchExecuteStatement", "arn:aws:redshift:" + ACCOUNT + "cluster:finance")))
                .isTrue();
    }

    @Test
    void aDeploymentCanOverwriteTheListAlone() {
        String prefix = "arn:aws:ssm:" + ACCOUNT + "parameter/redshift_query_logs.";
        Call list = call("ssm:PutParameter", prefix + "global.enabled_cluster_list");
        Call password = call("ssm:PutParameter", prefix + "finance.password");

        assertThat(parameters.allows(list.with("ssm:Overwrite", "true"))).isTrue();
        assertThat(parameters.allows(password.with("ssm:Overwrite", "false"))).isTrue();
        assertThat(parameters.allows(password.with("ssm:Overwrite", "true"))).isFalse();
        assertThat(parameters.statements())
                .flatExtracting(PolicyStatement::actions)
                .noneMatch(action -> action.contains("Delete") || action.equals("kms:Decrypt"));
    }

    @Test
    void aDeploymentEncryptsPasswordsAlsoInTheAdvancedTier() {
        for (String action : List.of("kms:Encrypt", "kms:GenerateDataKey")) {
            Call encrypt = call(action, "Key.Arn")
                    .with("kms:ViaService", "ssm." + REGION + ".amazonaws.com")
                    .with("kms:EncryptionContext:PARAMETER_ARN", PASSWORD);

            assertThat(parameters.allows(encrypt)).isTrue();
            assertThat(parameters.allows(encrypt.with(
                            "kms:EncryptionContext:PARAMETER_ARN", PASSWORD.replace("redshift_query_logs", "other"))))
                    .isFalse();
        }
    }

    @Test
    void aRunMayUseSubnetsAndGroupsThatAnotherAccountShares() {
        for (String resource : List.of("subnet/subnet-0abc1234", "security-group/sg-0abc1234")) {
            assertThat(job.allows(
                            call("ec2:CreateNetworkInterface", "arn:aws:ec2:" + REGION + ":111111111111:" + resource)))
                    .isTrue();
        }
        assertThat(job.allows(call(
                        "ec2:CreateNetworkInterface", "arn:aws:ec2:" + REGION + ":111111111111:network-interface/*")))
                .isFalse();
    }

    @Test
    void theKeyOfTheCatalogIsUsedOnlyWhereItIsGivenAndOnlyThroughGlue() {
        String key = "arn:aws:kms:" + ACCOUNT + "key/1a2b";
        SynthesizedStack other = SynthesizedStack.with(Map.of("catalogKey", key));
        for (String role : List.of("OrchestrationRole", "JobRole", "AthenaStatementsRole", "TableOptimizersRole")) {
            PolicyEvaluation with = other.policiesOf(role);
            for (String action : List.of("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey")) {
                Call use = call(action, key).with("kms:ViaService", "glue." + REGION + ".amazonaws.com");

                assertThat(with.allows(use)).isTrue();
                assertThat(with.allows(use.with("kms:ViaService", "s3." + REGION + ".amazonaws.com")))
                        .isFalse();
                assertThat(stack.policiesOf(role).allows(use)).isFalse();
            }
        }
    }

    @Test
    void athenaMayFinishUploadsOfSeveralParts() {
        PolicyEvaluation athena = policies("AthenaStatementsRole");

        assertThat(athena.allows(call("s3:ListBucketMultipartUploads", "StorageBucket.Arn")))
                .isTrue();
        assertThat(athena.allows(call("s3:ListMultipartUploadParts", "StorageBucket.Arn/athena-results/a")))
                .isTrue();
        assertThat(athena.allows(call("s3:ListMultipartUploadParts", "StorageBucket.Arn/staging/a")))
                .isFalse();
    }

    @Test
    void whatIsAllowedOnEveryResourceIsKnown() {
        assertThat(starActions(job))
                .containsExactlyInAnyOrder(
                        "redshift-data:DescribeStatement",
                        "redshift-data:GetStatementResult",
                        "redshift-data:ListStatements",
                        "redshift-data:CancelStatement",
                        "ec2:DescribeSubnets",
                        "ec2:DescribeSecurityGroups",
                        "ec2:DescribeRouteTables",
                        "ec2:DescribeVpcEndpoints",
                        "ec2:DescribeVpcAttribute",
                        "ec2:DescribeNetworkInterfaces");
        assertThat(starActions(lambda))
                .containsExactlyInAnyOrder(
                        "redshift:DescribeClusters",
                        "redshift:DescribeClusterSubnetGroups",
                        "xray:PutTraceSegments",
                        "xray:PutTelemetryRecords");
    }

    private static List<String> starActions(PolicyEvaluation policies) {
        return policies.statements().stream()
                .filter(statement -> statement.resources().contains("*"))
                .flatMap(statement -> statement.actions().stream())
                .toList();
    }

    private static Call call(String action, String resource) {
        return Call.of(action, resource).with("aws:RequestedRegion", REGION);
    }

    private PolicyEvaluation ownExports(String role) {
        JsonNode template = SynthesizedStack.with(Map.of("clusters", "finance", "exports", "../examples/exports"))
                .template();
        return new TemplateValues(names(template)).policiesOf(template, role);
    }

    private static PolicyEvaluation network(String role) {
        return new TemplateValues(Map.of())
                .policiesOf(
                        SynthesizedStack.with(Map.of(
                                        "vpc", "vpc-0abc1234", "subnets", "subnet-0abc1234", "endpoints", "create"))
                                .template(),
                        role);
    }

    private PolicyEvaluation policies(String role) {
        return new TemplateValues(names(stack.template())).policiesOf(stack.template(), role);
    }

    /** Logical ids without the hash at their end. */
    private static Map<String, String> names(JsonNode template) {
        Map<String, String> names = new HashMap<>();
        template.path("Resources")
                .fieldNames()
                .forEachRemaining(id -> names.put(id + ".Arn", id.substring(0, id.length() - 8) + ".Arn"));
        return names;
    }
}
