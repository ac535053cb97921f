package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.contract.ResourceNames;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.assets.Asset;

/** What a job run may do: what {@code ExportJob} calls, and what Glue itself does in the role's name. */
final class JobRights {

    private JobRights() {}

    static List<PolicyStatement> statements(Storage storage, List<Asset> assets, String logGroupPrefix) {
        return Stream.of(
                        lake(storage, assets),
                        List.of(state(storage)),
                        catalog(),
                        settings(),
                        dataApi(),
                        glueItself(logGroupPrefix))
                .flatMap(List::stream)
                .toList();
    }

    /** Why a resource is more than one. */
    static Map<String, String> wildcards(Storage storage, String logGroupPrefix) {
        String bucket = storage.bucket().getBucketArn();
        return Map.ofEntries(
                Map.entry(bucket + "/" + Storage.LAKE + "/*", "the files of the lake"),
                Map.entry(bucket + "/" + Storage.STAGING + "/*", "temporary files"),
                Map.entry(Arns.glue("table/" + ResourceNames.DATABASE + "/*"), "the tables of the lake's database"),
                Map.entry(Arns.glue("connection/*"), "a cluster's connection may be one that the user has made"),
                Map.entry(Arns.PARAMETERS, "the parameters of all clusters: the role is shared by their jobs"),
                Map.entry(
                        Arns.of("kms", "key/*"),
                        "passwords may lie under any key; only by Parameter Store or Secrets Manager, and only ours"),
                Map.entry(Arns.of("secretsmanager", "secret:*"), "only secrets with our tag"),
                Map.entry(Arns.of("redshift", "cluster:*"), "the clusters are named by parameters"),
                Map.entry(Arns.of("redshift-serverless", "workgroup/*"), "the workgroups are named by parameters"),
                Map.entry(Arns.of("redshift", "dbuser:*/*"), "clusters and users are named by parameters"),
                Map.entry(Arns.of("redshift", "dbname:*/*"), "clusters and databases are named by parameters"),
                Map.entry(
                        "*",
                        "calls that know no resources: Describe… of EC2, a security configuration, and"
                                + " statements of the Data API, which are limited to the role's own"),
                Map.entry(Arns.of("logs", "log-group:" + logGroupPrefix + "*"), "the log groups of our jobs"),
                Map.entry(
                        Arns.of("logs", "log-group:" + logGroupPrefix + "*:log-stream:*"),
                        "a run's log streams are named by Glue"),
                Map.entry(Arns.of("ec2", "network-interface/*"), "Glue makes one for each worker"),
                Map.entry(Arns.of("ec2", "subnet/*"), "the subnet is the connection's"),
                Map.entry(Arns.of("ec2", "security-group/*"), "the security groups are the connection's"));
    }

    /** No rights to delete versions or to change the bucket; files are deleted by refused commits and by expiry. */
    private static List<PolicyStatement> lake(Storage storage, List<Asset> assets) {
        String bucket = storage.bucket().getBucketArn();
        return List.of(
                Allow.of(
                        "FilesOfLakeAndStaging",
                        List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"),
                        List.of(bucket + "/" + Storage.LAKE + "/*", bucket + "/" + Storage.STAGING + "/*")),
                Allow.of(
                        "ListLakeAndStaging",
                        List.of("s3:ListBucket"),
                        List.of(bucket),
                        Allow.when("StringLike", "s3:prefix", List.of(Storage.LAKE + "/*", Storage.STAGING + "/*"))),
                Allow.of("LocateBucket", List.of("s3:GetBucketLocation"), List.of(bucket)),
                Allow.of(
                        "JarAndScript",
                        List.of("s3:GetObject"),
                        assets.stream()
                                .map(asset -> asset.getBucket().arnForObjects(asset.getS3ObjectKey()))
                                .toList()));
    }

    private static PolicyStatement state(Storage storage) {
        return Allow.of(
                "State",
                List.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"),
                List.of(storage.stateTable().getTableArn()));
    }

    /** Never DeleteTable or DeleteDatabase. A connection's name is the user's or the Lambda's: any of the account. */
    private static List<PolicyStatement> catalog() {
        return List.of(
                Allow.of(
                        "CatalogOfLake",
                        List.of(
                                "glue:GetDatabase",
                                "glue:CreateDatabase",
                                "glue:GetTable",
                                "glue:CreateTable",
                                "glue:UpdateTable"),
                        List.of(
                                Arns.glue("catalog"),
                                Arns.glue("database/" + ResourceNames.DATABASE),
                                Arns.glue("table/" + ResourceNames.DATABASE + "/*"))),
                Allow.of(
                        "Connections",
                        List.of("glue:GetConnection"),
                        List.of(Arns.glue("catalog"), Arns.glue("connection/*"))));
    }

    /**
     * Parameters and secrets. A password may lie under any key of the account, an earlier deployment's among them; that it is
     * one of ours is what the encryption context says, which Parameter Store and Secrets Manager set
     * (https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html). A secret has to carry the
     * tag {@code redshift_query_logs=true}.
     */
    private static List<PolicyStatement> settings() {
        List<String> anyKey = List.of(Arns.of("kms", "key/*"));
        return List.of(
                Allow.of("Parameters", List.of("ssm:GetParameters"), List.of(Arns.PARAMETERS)),
                Allow.of(
                        "DecryptPasswords",
                        List.of("kms:Decrypt"),
                        anyKey,
                        Map.of(
                                "StringEquals",
                                Map.of("kms:ViaService", "ssm." + Aws.REGION + "." + Aws.URL_SUFFIX),
                                "StringLike",
                                Map.of("kms:EncryptionContext:PARAMETER_ARN", Arns.PARAMETERS))),
                Allow.of(
                        "TaggedSecrets",
                        List.of("secretsmanager:GetSecretValue"),
                        List.of(Arns.of("secretsmanager", "secret:*")),
                        Allow.when("StringEquals", "secretsmanager:ResourceTag/redshift_query_logs", "true")),
                Allow.of(
                        "DecryptSecrets",
                        List.of("kms:Decrypt"),
                        anyKey,
                        Map.of(
                                "StringEquals",
                                Map.of("kms:ViaService", "secretsmanager." + Aws.REGION + "." + Aws.URL_SUFFIX),
                                "StringLike",
                                Map.of("kms:EncryptionContext:SecretARN", Arns.of("secretsmanager", "secret:*")))));
    }

    /**
     * Clusters reached by the Data API. Statements have no ARN, so {@code *}: only those that this role has sent itself
     * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshiftdataapi.html).
     */
    private static List<PolicyStatement> dataApi() {
        return List.of(
                Allow.of(
                        "SendStatements",
                        List.of("redshift-data:ExecuteStatement"),
                        List.of(Arns.of("redshift", "cluster:*"), Arns.of("redshift-serverless", "workgroup/*"))),
                Allow.of(
                        "OwnStatements",
                        List.of(
                                "redshift-data:DescribeStatement",
                                "redshift-data:GetStatementResult",
                                "redshift-data:CancelStatement"),
                        List.of("*"),
                        Allow.when("StringEquals", "redshift-data:statement-owner-iam-userid", "${aws:userid}")),
                Allow.of(
                        "TemporaryCredentials",
                        List.of("redshift:GetClusterCredentials", "redshift:GetClusterCredentialsWithIAM"),
                        List.of(Arns.of("redshift", "dbuser:*/*"), Arns.of("redshift", "dbname:*/*"))),
                Allow.of(
                        "TemporaryServerlessCredentials",
                        List.of("redshift-serverless:GetCredentials"),
                        List.of(Arns.of("redshift-serverless", "workgroup/*"))));
    }

    /**
     * What Glue does for a run of this role: logs, and network interfaces in the subnet of its connection. The
     * {@code Describe…} calls and GetSecurityConfiguration know no resources, so {@code *}
     * (https://docs.aws.amazon.com/glue/latest/dg/create-service-policy.html).
     */
    private static List<PolicyStatement> glueItself(String logGroupPrefix) {
        String interfaces = Arns.of("ec2", "network-interface/*");
        return List.of(
                Allow.of(
                        "Logs",
                        List.of(
                                "logs:CreateLogGroup",
                                "logs:CreateLogStream",
                                "logs:PutLogEvents",
                                "logs:AssociateKmsKey"),
                        List.of(
                                Arns.of("logs", "log-group:" + logGroupPrefix + "*"),
                                Arns.of("logs", "log-group:" + logGroupPrefix + "*:log-stream:*"))),
                Allow.of(
                        "LookAtNetwork",
                        List.of(
                                "ec2:DescribeSubnets",
                                "ec2:DescribeSecurityGroups",
                                "ec2:DescribeRouteTables",
                                "ec2:DescribeVpcEndpoints",
                                "ec2:DescribeVpcAttribute",
                                "ec2:DescribeNetworkInterfaces"),
                        List.of("*")),
                Allow.of(
                        "MakeNetworkInterfaces",
                        List.of("ec2:CreateNetworkInterface"),
                        List.of(interfaces, Arns.of("ec2", "subnet/*"), Arns.of("ec2", "security-group/*"))),
                Allow.of(
                        "TagNetworkInterfaces",
                        List.of("ec2:CreateTags", "ec2:DeleteTags"),
                        List.of(interfaces),
                        Allow.when("ForAllValues:StringEquals", "aws:TagKeys", List.of("aws-glue-service-resource"))),
                Allow.of("RemoveNetworkInterfaces", List.of("ec2:DeleteNetworkInterface"), List.of(interfaces)),
                Allow.of("ReadSecurityConfiguration", List.of("glue:GetSecurityConfiguration"), List.of("*")));
    }
}
