package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.infra.Ddl.SqlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.ICfnConditionExpression;
import software.amazon.awscdk.services.glue.CfnTableOptimizer;
import software.amazon.awscdk.services.glue.CfnTableOptimizer.CompactionConfigurationProperty;
import software.amazon.awscdk.services.glue.CfnTableOptimizer.IcebergCompactionConfigurationProperty;
import software.amazon.awscdk.services.glue.CfnTableOptimizer.IcebergConfigurationProperty;
import software.amazon.awscdk.services.glue.CfnTableOptimizer.IcebergRetentionConfigurationProperty;
import software.amazon.awscdk.services.glue.CfnTableOptimizer.OrphanFileDeletionConfigurationProperty;
import software.amazon.awscdk.services.glue.CfnTableOptimizer.RetentionConfigurationProperty;
import software.amazon.awscdk.services.glue.CfnTableOptimizer.TableOptimizerConfigurationProperty;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.ServicePrincipalOpts;
import software.constructs.Construct;

/**
 * Glue maintains the tables: small files become larger ones, old snapshots go, and so do files that no snapshot knows.
 * None of the three removes a row. https://docs.aws.amazon.com/glue/latest/dg/table-optimizers.html
 *
 * <p>The numbers leave room for a run, which ends after half an hour: its base has to stay, and so do the files that it
 * has not committed yet. Retention and orphan files are looked after once a day, which is the service's default.
 */
final class TableOptimizers extends Construct {

    /** https://docs.aws.amazon.com/glue/latest/dg/regions-optimizers.html, as of November 2026. */
    private static final List<String> REGIONS = List.of(
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-2");

    /** A day of hourly exports leaves up to 25 files in a partition; the default of 100 would never be reached. */
    private static final int LEAST_FILES_TO_COMPACT = 20;
    /** The least that the service knows. */
    private static final int SNAPSHOTS_KEPT_DAYS = 1;
    /**
     * The service's notes can be read so that a snapshot stays only as long as both hold, its age and this number
     * (https://docs.aws.amazon.com/glue/latest/dg/optimizer-notes.html). So there are more than 40 clusters make in half
     * an hour, exported every five minutes. A base that goes all the same is noticed, see {@code FencedAppend}.
     */
    private static final int SNAPSHOTS_KEPT = 500;
    /** The default of the service, said all the same: far longer than from a file's writing to its commit. */
    private static final int ORPHANS_KEPT_DAYS = 3;

    private final Role role;
    private final DeployHandler statements;
    private final CfnCondition offered;

    /**
     * For each table the three of them, in Regions where Glue has them: which one it is shows when it is deployed.
     *
     * @param athena makes the tables
     * @param lakeFormation whether the lake may lie in a location that is registered with Lake Formation
     */
    TableOptimizers(Construct scope, String id, AthenaResources athena, Storage storage, boolean lakeFormation) {
        super(scope, id);
        statements = athena.statements();
        List<SqlFile> tables = athena.tables();
        // passed by people of this account only; whether Glue names its account here is not documented, hence IfExists
        role = Role.Builder.create(this, "Role")
                .description("What Glue's table optimizers of redshift-query-logs may do")
                .assumedBy(new ServicePrincipal(
                        "glue.amazonaws.com",
                        ServicePrincipalOpts.builder()
                                .conditions(Map.of("StringEqualsIfExists", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                                .build()))
                .build();
        offered = CfnCondition.Builder.create(this, "Offered")
                .expression(Fn.conditionOr(REGIONS.stream()
                        .map(region -> Fn.conditionEquals(Aws.REGION, region))
                        .toArray(ICfnConditionExpression[]::new)))
                .build();
        rights(tables, storage, lakeFormation).forEach(role::addToPolicy);
        Acknowledged.wildcards(role, wildcards(storage, lakeFormation));
        for (SqlFile table : tables) {
            optimizer(table, "compaction", configuration().compactionConfiguration(compaction()));
            optimizer(table, "retention", configuration().retentionConfiguration(retention()));
            optimizer(
                    table,
                    "orphan_file_deletion",
                    configuration().orphanFileDeletionConfiguration(orphans(table.location())));
        }
    }

    /** What the optimizers run as. */
    Role role() {
        return role;
    }

    private void optimizer(SqlFile table, String type, TableOptimizerConfigurationProperty.Builder configuration) {
        CfnTableOptimizer optimizer = CfnTableOptimizer.Builder.create(this, table.subject() + "-" + type)
                .catalogId(Aws.ACCOUNT_ID)
                .databaseName(ResourceNames.DATABASE)
                .tableName(table.subject())
                .type(type)
                .tableOptimizerConfiguration(configuration.build())
                .build();
        optimizer.getCfnOptions().setCondition(offered);
        // with its rights, which the service may look at
        optimizer.getNode().addDependency(statements.resource(), (IRole) role);
    }

    private TableOptimizerConfigurationProperty.Builder configuration() {
        return TableOptimizerConfigurationProperty.builder().enabled(true).roleArn(role.getRoleArn());
    }

    private static CompactionConfigurationProperty compaction() {
        return CompactionConfigurationProperty.builder()
                .icebergConfiguration(IcebergCompactionConfigurationProperty.builder()
                        .strategy("binpack")
                        .minInputFiles(LEAST_FILES_TO_COMPACT)
                        .build())
                .build();
    }

    private static RetentionConfigurationProperty retention() {
        return RetentionConfigurationProperty.builder()
                .icebergConfiguration(IcebergRetentionConfigurationProperty.builder()
                        .snapshotRetentionPeriodInDays(SNAPSHOTS_KEPT_DAYS)
                        .numberOfSnapshotsToRetain(SNAPSHOTS_KEPT)
                        .cleanExpiredFiles(true)
                        .build())
                .build();
    }

    private static OrphanFileDeletionConfigurationProperty orphans(String location) {
        return OrphanFileDeletionConfigurationProperty.builder()
                .icebergConfiguration(IcebergConfigurationProperty.builder()
                        .location(location)
                        .orphanFileRetentionPeriodInDays(ORPHANS_KEPT_DAYS)
                        .build())
                .build();
    }

    private static Map<String, String> wildcards(Storage storage, boolean lakeFormation) {
        Map<String, String> wildcards = new HashMap<>();
        wildcards.put(files(storage), "files of the tables, which Iceberg names");
        logGroups().forEach(group -> wildcards.put(group, "log streams are named by Glue"));
        if (lakeFormation) {
            wildcards.put("*", LakeFormationGrants.DATA_ACCESS_REASON);
        }
        return wildcards;
    }

    /**
     * Those of https://docs.aws.amazon.com/glue/latest/dg/optimization-prerequisites.html, for our tables and files. What the
     * service lists of the bucket is not said, so it is all of it, as there.
     */
    private static List<PolicyStatement> rights(List<SqlFile> tables, Storage storage, boolean lakeFormation) {
        List<String> catalog =
                new ArrayList<>(List.of(Arns.glue("catalog"), Arns.glue("database/" + ResourceNames.DATABASE)));
        tables.forEach(table -> catalog.add(Arns.glue("table/" + ResourceNames.DATABASE + "/" + table.subject())));
        List<PolicyStatement> rights = new ArrayList<>(List.of(
                Allow.of(
                        "FilesOfTables",
                        List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
                        List.of(files(storage))),
                Allow.of(
                        "ListBucket",
                        List.of("s3:ListBucket"),
                        List.of(storage.bucket().getBucketArn())),
                Allow.of("Tables", List.of("glue:GetTable", "glue:UpdateTable"), catalog),
                Allow.of(
                        "Logs",
                        List.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
                        logGroups())));
        if (lakeFormation) {
            rights.add(LakeFormationGrants.dataAccess());
        }
        return rights;
    }

    private static String files(Storage storage) {
        return storage.bucket().getBucketArn() + "/" + Storage.LAKE + "/data/*";
    }

    /** Their names are the service's, and so they belong to all optimizers of the account. */
    private static List<String> logGroups() {
        return List.of("compaction", "retention", "orphan-file-deletion").stream()
                .map(type -> Arns.of("logs", "log-group:/aws-glue/iceberg-" + type + "/logs:*"))
                .toList();
    }
}
