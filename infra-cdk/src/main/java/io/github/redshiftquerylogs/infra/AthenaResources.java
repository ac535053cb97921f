package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.infra.Ddl.SqlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.athena.CfnNamedQuery;
import software.amazon.awscdk.services.athena.CfnWorkGroup;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EncryptionConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EngineVersionProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.ResultConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.WorkGroupConfigurationProperty;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** A workgroup, then database, tables and views in it, and each diagnostic query as a named query. */
final class AthenaResources extends Construct {

    static final String WORKGROUP = "redshift-query-logs";

    /** A query that would read more is stopped: at $5 a terabyte this is half a dollar. */
    private static final long SCAN_LIMIT_BYTES = 100L * 1024 * 1024 * 1024;

    private final Ddl ddl;
    private final DeployHandler statements;

    AthenaResources(
            Construct scope,
            String id,
            Artifacts artifacts,
            Storage storage,
            RetentionDays retention,
            boolean lakeFormation) {
        super(scope, id);
        ddl = Ddl.read(artifacts.ddl(), storage.location(Storage.LAKE));
        CfnWorkGroup workgroup = workgroup(storage);
        for (SqlFile query : ddl.queries()) {
            CfnNamedQuery.Builder.create(this, "Query-" + query.subject())
                    .name(query.header("title", query.subject()))
                    .description(query.header("question", query.subject()))
                    .database(ResourceNames.DATABASE)
                    .workGroup(WORKGROUP)
                    .queryString(query.sql())
                    .build()
                    .getNode()
                    .addDependency(workgroup);
        }
        statements = new DeployHandler(
                this,
                "Statements",
                artifacts.handlers().resolve("athena"),
                retention,
                rights(storage, lakeFormation),
                wildcards(storage, lakeFormation),
                Map.of(
                        "Workgroup",
                        WORKGROUP,
                        "Database",
                        ResourceNames.DATABASE,
                        "LakeFormation",
                        lakeFormation,
                        "Statements",
                        properties(ddl, lakeFormation)));
        statements.resource().getNode().addDependency(workgroup);
    }

    /** The custom resource that makes database, tables and views. */
    DeployHandler statements() {
        return statements;
    }

    /** Those that it makes, all of them Iceberg's. */
    List<SqlFile> tables() {
        return ddl.tables();
    }

    private CfnWorkGroup workgroup(Storage storage) {
        return CfnWorkGroup.Builder.create(this, "Workgroup")
                .name(WORKGROUP)
                .description("Questions to the query logs of all clusters")
                .recursiveDeleteOption(true)
                .workGroupConfiguration(WorkGroupConfigurationProperty.builder()
                        .enforceWorkGroupConfiguration(true)
                        .publishCloudWatchMetricsEnabled(true)
                        .bytesScannedCutoffPerQuery(SCAN_LIMIT_BYTES)
                        .engineVersion(EngineVersionProperty.builder()
                                .selectedEngineVersion("Athena engine version 3")
                                .build())
                        .resultConfiguration(ResultConfigurationProperty.builder()
                                .outputLocation(storage.location(Storage.RESULTS) + "/")
                                .encryptionConfiguration(EncryptionConfigurationProperty.builder()
                                        .encryptionOption("SSE_S3")
                                        .build())
                                .build())
                        .build())
                .build();
    }

    /**
     * The database is there only after the first statement, so that one runs without. With Lake Formation it is left out:
     * the grants on it need it before, and whoever may not make databases may be refused even where it exists.
     */
    private static List<Map<String, String>> properties(Ddl ddl, boolean lakeFormation) {
        List<Map<String, String>> statements = new ArrayList<>();
        for (SqlFile file : ddl.statements()) {
            boolean makesDatabase = file.equals(ddl.database());
            if (makesDatabase && lakeFormation) {
                continue;
            }
            Map<String, String> statement = new HashMap<>(Map.of("Name", file.name(), "Sql", file.statement()));
            if (!makesDatabase) {
                statement.put("Database", ResourceNames.DATABASE);
            }
            statements.add(statement);
        }
        return statements;
    }

    private static Map<String, String> wildcards(Storage storage, boolean lakeFormation) {
        String bucket = storage.bucket().getBucketArn();
        Map<String, String> wildcards = new HashMap<>(Map.of(
                Arns.glue("table/" + ResourceNames.DATABASE + "/*"),
                "the tables of the lake's database",
                bucket + "/" + Storage.LAKE + "/*",
                "Athena writes the metadata of new tables",
                bucket + "/" + Storage.RESULTS + "/*",
                "Athena writes a result for each statement"));
        if (lakeFormation) {
            wildcards.put("*", LakeFormationGrants.DATA_ACCESS_REASON);
        }
        return wildcards;
    }

    /** https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html */
    private static List<PolicyStatement> rights(Storage storage, boolean lakeFormation) {
        String bucket = storage.bucket().getBucketArn();
        List<PolicyStatement> rights = List.of(
                Allow.of(
                        "RunStatements",
                        List.of("athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution"),
                        List.of(Arns.of("athena", "workgroup/" + WORKGROUP))),
                Allow.of(
                        "Catalog",
                        List.of(
                                "glue:GetDatabase",
                                "glue:CreateDatabase",
                                "glue:GetTable",
                                "glue:GetTables",
                                "glue:CreateTable",
                                "glue:UpdateTable"),
                        List.of(
                                Arns.glue("catalog"),
                                Arns.glue("database/default"),
                                Arns.glue("database/" + ResourceNames.DATABASE),
                                Arns.glue("table/" + ResourceNames.DATABASE + "/*"))),
                Allow.of(
                        "MetadataAndResults",
                        List.of("s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"),
                        List.of(bucket + "/" + Storage.LAKE + "/*", bucket + "/" + Storage.RESULTS + "/*")),
                Allow.of("Bucket", List.of("s3:GetBucketLocation", "s3:ListBucket"), List.of(bucket)));
        return lakeFormation
                ? Stream.concat(rights.stream(), Stream.of(LakeFormationGrants.dataAccess()))
                        .toList()
                : rights;
    }
}
