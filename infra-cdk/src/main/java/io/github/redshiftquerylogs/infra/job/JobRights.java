package io.github.redshiftquerylogs.infra.job;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.infra.lake.Storage;
import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Arns;
import io.github.redshiftquerylogs.infra.rights.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.s3.assets.Asset;

/** Permissions of a job run: for the calls of {@code ExportJob}, and for those that Glue makes with the job's role. */
final class JobRights {

    private static final Target PARAMETERS =
            Target.wildcard(Arns.PARAMETERS, "the parameters of all clusters: their jobs share this role");
    private static final Target SECRETS =
            Target.wildcard(Arns.of("secretsmanager", "secret:*"), "only secrets with our tag");
    private static final Target KEYS = Target.wildcard(
            Arns.of("kms", "key/*"),
            "passwords may be encrypted with any key; only through Parameter Store or Secrets Manager, and only ours");
    private static final Target WORKGROUPS =
            Target.wildcard(Arns.of("redshift-serverless", "workgroup/*"), "parameters name the workgroups");
    private static final Target NETWORK_INTERFACES =
            Target.wildcard(Arns.of("ec2", "network-interface/*"), "Glue creates one for each worker");

    private JobRights() {}

    static List<Allow> of(Storage storage, List<Asset> assets, String logGroupPrefix) {
        return Stream.of(
                        lake(storage, assets),
                        List.of(state(storage)),
                        catalog(),
                        settings(),
                        dataApi(),
                        callsOfGlue(logGroupPrefix))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * No permission to delete object versions or to change the bucket. Files are deleted after a refused commit and
     * when snapshots expire.
     */
    private static List<Allow> lake(Storage storage, List<Asset> assets) {
        String bucket = storage.bucket().getBucketArn();
        return List.of(
                Allow.of(
                        "FilesOfLakeAndStaging",
                        List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"),
                        List.of(
                                Target.wildcard(bucket + "/" + Storage.LAKE + "/*", "the files of the lake"),
                                Target.wildcard(bucket + "/" + Storage.STAGING + "/*", "temporary files"))),
                Allow.of(
                        "ListLakeAndStaging",
                        List.of("s3:ListBucket"),
                        List.of(Target.of(bucket)),
                        Allow.when("StringLike", "s3:prefix", List.of(Storage.LAKE + "/*", Storage.STAGING + "/*"))),
                Allow.of(
                        "ReadOwnExports",
                        List.of("s3:GetObject"),
                        List.of(Target.wildcard(
                                bucket + "/" + Storage.EXPORTS + "/*", "declarations of own exports, one file each"))),
                Allow.of(
                        "ListOwnExports",
                        List.of("s3:ListBucket"),
                        List.of(Target.of(bucket)),
                        Allow.when("StringLike", "s3:prefix", Storage.EXPORTS + "/*")),
                Allow.locate(storage.bucket()),
                Allow.of(
                        "JarAndScript",
                        List.of("s3:GetObject"),
                        assets.stream()
                                .map(asset -> Target.of(asset.getBucket().arnForObjects(asset.getS3ObjectKey())))
                                .toList()));
    }

    private static Allow state(Storage storage) {
        return Allow.of(
                "State",
                List.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"),
                List.of(Target.of(storage.stateTable().getTableArn())));
    }

    /** Neither DeleteTable nor DeleteDatabase. */
    private static List<Allow> catalog() {
        Target catalog = Target.of(Arns.glue("catalog"));
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
                                catalog,
                                Target.of(Arns.glue("database/" + ResourceNames.DATABASE)),
                                Target.wildcard(
                                        Arns.glue("table/" + ResourceNames.DATABASE + "/*"),
                                        "the tables of the lake's database"))),
                Allow.of(
                        "Connections",
                        List.of("glue:GetConnection"),
                        List.of(
                                catalog,
                                Target.wildcard(
                                        Arns.glue("connection/*"), "users may name a connection of their own"))));
    }

    /**
     * Parameters and secrets. A password may be encrypted with any key of the account, for example with that of an
     * earlier deployment. The encryption context, set by Parameter Store and Secrets Manager, restricts decryption to
     * our parameters and to secrets
     * (https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html). A secret must have the tag
     * {@code redshift_query_logs=true}.
     */
    private static List<Allow> settings() {
        return List.of(
                Allow.of("Parameters", List.of("ssm:GetParameters"), List.of(PARAMETERS)),
                Allow.of(
                        "DecryptPasswords",
                        List.of("kms:Decrypt"),
                        List.of(KEYS),
                        Map.of(
                                "StringEquals",
                                Map.of("kms:ViaService", "ssm." + Aws.REGION + "." + Aws.URL_SUFFIX),
                                "StringLike",
                                Map.of("kms:EncryptionContext:PARAMETER_ARN", PARAMETERS.arn()))),
                Allow.of(
                        "TaggedSecrets",
                        List.of("secretsmanager:GetSecretValue"),
                        List.of(SECRETS),
                        Allow.when("StringEquals", "secretsmanager:ResourceTag/redshift_query_logs", "true")),
                Allow.of(
                        "DecryptSecrets",
                        List.of("kms:Decrypt"),
                        List.of(KEYS),
                        Map.of(
                                "StringEquals",
                                Map.of("kms:ViaService", "secretsmanager." + Aws.REGION + "." + Aws.URL_SUFFIX),
                                "StringLike",
                                Map.of("kms:EncryptionContext:SecretARN", SECRETS.arn()))));
    }

    /**
     * Clusters reached through the Data API. Statements have no ARN; the condition restricts access to statements that
     * this role has sent
     * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshiftdataapi.html).
     */
    private static List<Allow> dataApi() {
        return List.of(
                Allow.of(
                        "SendStatements",
                        List.of("redshift-data:BatchExecuteStatement"),
                        List.of(
                                Target.wildcard(Arns.of("redshift", "cluster:*"), "parameters name the clusters"),
                                WORKGROUPS)),
                Allow.of(
                        "OwnStatements",
                        List.of(
                                "redshift-data:DescribeStatement",
                                "redshift-data:GetStatementResult",
                                "redshift-data:ListStatements",
                                "redshift-data:CancelStatement"),
                        List.of(Target.all("statements of the Data API have no ARN; only the role's own statements")),
                        Allow.when("StringEquals", "redshift-data:statement-owner-iam-userid", "${aws:userid}")),
                Allow.of(
                        "TemporaryCredentials",
                        List.of("redshift:GetClusterCredentials", "redshift:GetClusterCredentialsWithIAM"),
                        List.of(
                                Target.wildcard(
                                        Arns.of("redshift", "dbuser:*/*"), "parameters name the clusters and users"),
                                Target.wildcard(
                                        Arns.of("redshift", "dbname:*/*"),
                                        "parameters name the clusters and databases"))),
                Allow.of(
                        "TemporaryServerlessCredentials",
                        List.of("redshift-serverless:GetCredentials"),
                        List.of(WORKGROUPS)));
    }

    /**
     * Calls that Glue makes with this role: logs, and network interfaces in the subnet of the job's connection
     * (https://docs.aws.amazon.com/glue/latest/dg/create-service-policy.html).
     */
    private static List<Allow> callsOfGlue(String logGroupPrefix) {
        return List.of(
                Allow.of(
                        "Logs",
                        List.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
                        List.of(
                                Target.wildcard(
                                        Arns.of("logs", "log-group:" + logGroupPrefix + "*"),
                                        "the log groups of our jobs"),
                                Target.wildcard(
                                        Arns.of("logs", "log-group:" + logGroupPrefix + "*:log-stream:*"),
                                        "Glue names the log streams of a run"))),
                Allow.of(
                        "LookAtNetwork",
                        List.of(
                                "ec2:DescribeSubnets",
                                "ec2:DescribeSecurityGroups",
                                "ec2:DescribeRouteTables",
                                "ec2:DescribeVpcEndpoints",
                                "ec2:DescribeVpcAttribute",
                                "ec2:DescribeNetworkInterfaces"),
                        List.of(Target.all("EC2's Describe actions do not support resource-level permissions"))),
                Allow.of(
                        "MakeNetworkInterfaces",
                        List.of("ec2:CreateNetworkInterface"),
                        List.of(
                                NETWORK_INTERFACES,
                                Target.wildcard(
                                        Arns.ofAnyAccount("ec2", "subnet/*"),
                                        "the subnet of the connection, which another account may share"),
                                Target.wildcard(
                                        Arns.ofAnyAccount("ec2", "security-group/*"),
                                        "the security groups of the connection, which another account may share"))),
                Allow.of(
                        "TagNetworkInterfaces",
                        List.of("ec2:CreateTags", "ec2:DeleteTags"),
                        List.of(NETWORK_INTERFACES),
                        Allow.when("ForAllValues:StringEquals", "aws:TagKeys", List.of("aws-glue-service-resource"))),
                Allow.of(
                        "RemoveNetworkInterfaces", List.of("ec2:DeleteNetworkInterface"), List.of(NETWORK_INTERFACES)));
    }
}
