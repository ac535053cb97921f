package io.github.redshiftquerylogs.infra.lake;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.infra.foundation.DeployHandler;
import io.github.redshiftquerylogs.infra.lake.Ddl.SqlFile;
import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Arns;
import io.github.redshiftquerylogs.infra.rights.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.ICfnConditionExpression;
import software.amazon.awscdk.services.glue.CfnTableOptimizer;
import software.amazon.awscdk.services.glue.CfnTableOptimizer.IcebergConfigurationProperty;
import software.amazon.awscdk.services.glue.CfnTableOptimizer.OrphanFileDeletionConfigurationProperty;
import software.amazon.awscdk.services.glue.CfnTableOptimizer.TableOptimizerConfigurationProperty;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.ServicePrincipalOpts;
import software.constructs.Construct;

/**
 * Glue's optimizer of the tables that deletes orphan files, which runs that died have left. It deletes no row.
 * https://docs.aws.amazon.com/glue/latest/dg/table-optimizers.html
 *
 * <p>The job itself compacts files and lets snapshots expire, in every Region; a second compaction beside it would only cost.
 * Files that a run has not committed yet are kept: it ends after half an hour. The optimizer runs once a day, the service's
 * default.
 */
public final class TableOptimizers extends Construct {

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

    private static final String TYPE = "orphan_file_deletion";
    private static final int LEAST_FAMILY = 5;
    /** The service's default; much longer than the time between writing a file and its commit. */
    private static final int ORPHANS_KEPT_DAYS = 3;

    private final Role role;
    private final DeployHandler statements;
    private final CfnCondition offered;

    /**
     * Creates an optimizer per table. A condition in the template omits them in Regions without table optimizers.
     *
     * @param athena creates the tables
     * @param lakeFormation whether the location of the lake may be registered with Lake Formation
     */
    public TableOptimizers(Construct scope, String id, AthenaResources athena, Storage storage, boolean lakeFormation) {
        super(scope, id);
        statements = athena.statements();
        List<SqlFile> tables = athena.tables();
        // for this account only; IfExists, since it is not documented whether Glue sends the account here
        role = Role.Builder.create(this, "Role")
                .description("Role of the Glue table optimizers of redshift-query-logs")
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
        Allow.grant(role, rights(tables, storage, lakeFormation));
        for (SqlFile table : tables) {
            optimizer(table);
        }
    }

    /** The role of the optimizers. */
    public Role role() {
        return role;
    }

    private void optimizer(SqlFile table) {
        CfnTableOptimizer optimizer = CfnTableOptimizer.Builder.create(this, table.subject() + "-" + TYPE)
                .catalogId(Aws.ACCOUNT_ID)
                .databaseName(ResourceNames.DATABASE)
                .tableName(table.subject())
                .type(TYPE)
                .tableOptimizerConfiguration(TableOptimizerConfigurationProperty.builder()
                        .enabled(true)
                        .roleArn(role.getRoleArn())
                        .orphanFileDeletionConfiguration(orphans(table.location()))
                        .build())
                .build();
        optimizer.getCfnOptions().setCondition(offered);
        // with the permissions of the role, which the service may check
        optimizer.getNode().addDependency(statements.resource(), (IRole) role);
    }

    private static OrphanFileDeletionConfigurationProperty orphans(String location) {
        return OrphanFileDeletionConfigurationProperty.builder()
                .icebergConfiguration(IcebergConfigurationProperty.builder()
                        .location(location)
                        .orphanFileRetentionPeriodInDays(ORPHANS_KEPT_DAYS)
                        .build())
                .build();
    }

    /**
     * Permissions of https://docs.aws.amazon.com/glue/latest/dg/optimization-prerequisites.html, restricted to our
     * tables and files. Listing is allowed for the whole bucket, since the service's prefixes are not documented.
     */
    private static List<Allow> rights(List<SqlFile> tables, Storage storage, boolean lakeFormation) {
        List<Target> catalog = new ArrayList<>(
                List.of(Target.of(Arns.glue("catalog")), Target.of(Arns.glue("database/" + ResourceNames.DATABASE))));
        catalog.addAll(tables(tables));
        List<Allow> rights = new ArrayList<>(List.of(
                Allow.of(
                        "FilesOfTables",
                        List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
                        List.of(Target.wildcard(
                                storage.bucket().getBucketArn() + "/" + Storage.LAKE + "/data/*",
                                "files of the tables; Iceberg names them"))),
                Allow.of(
                        "ListBucket",
                        List.of("s3:ListBucket"),
                        List.of(Target.of(storage.bucket().getBucketArn()))),
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

    /**
     * The tables by name; those of a family, such as {@code stl_}, by its prefix. All names do not fit into the policy of a
     * role, and a second policy would not be there yet when the optimizers are created.
     */
    private static List<Target> tables(List<SqlFile> tables) {
        Map<String, List<String>> families = tables.stream()
                .map(SqlFile::subject)
                .collect(Collectors.groupingBy(
                        name -> name.replaceFirst("_.*", "_"), TreeMap::new, Collectors.toList()));
        String prefix = "table/" + ResourceNames.DATABASE + "/";
        List<Target> targets = new ArrayList<>();
        families.forEach((family, names) -> {
            if (names.size() >= LEAST_FAMILY) {
                targets.add(Target.wildcard(Arns.glue(prefix + family + "*"), "tables of this family"));
            } else {
                names.forEach(name -> targets.add(Target.of(Arns.glue(prefix + name))));
            }
        });
        return targets;
    }

    /** Named by the service, and shared by all optimizers of the account. */
    private static List<Target> logGroups() {
        return List.of(Target.wildcard(
                Arns.of("logs", "log-group:/aws-glue/iceberg-orphan-file-deletion/logs:*"),
                "Glue names the log streams"));
    }
}
