package io.github.redshiftquerylogs.infra.lake;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.infra.foundation.Artifacts;
import io.github.redshiftquerylogs.infra.foundation.DeployHandler;
import io.github.redshiftquerylogs.infra.lake.Ddl.SqlFile;
import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Arns;
import io.github.redshiftquerylogs.infra.rights.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.athena.CfnNamedQuery;
import software.amazon.awscdk.services.athena.CfnWorkGroup;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EncryptionConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EngineVersionProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.ResultConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.WorkGroupConfigurationProperty;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The Athena workgroup, a custom resource that creates database, tables and views, and the named queries. */
public final class AthenaResources extends Construct {

    /** Name of the workgroup. */
    public static final String WORKGROUP = "redshift-query-logs";

    /** A query that scans more is stopped; at $5 per terabyte this is half a dollar. */
    private static final long SCAN_LIMIT_BYTES = 100L * 1024 * 1024 * 1024;

    /** The catalog of the table bucket to which Redshift publishes. */
    private static final String PUBLISHED = "s3tablescatalog/aws-redshift";

    private final Ddl ddl;
    private final DeployHandler statements;

    /**
     * Creates the resources.
     *
     * @param retention retention of the handler's logs
     * @param lakeFormation whether Lake Formation manages the account's catalog
     * @param publishedNamespaces namespaces of S3 Tables with Redshift's own query history, for the view that joins it in
     */
    public AthenaResources(
            Construct scope,
            String id,
            Artifacts artifacts,
            Storage storage,
            RetentionDays retention,
            boolean lakeFormation,
            List<String> publishedNamespaces) {
        super(scope, id);
        ddl = Ddl.read(artifacts.ddl(), storage.location(Storage.LAKE), publishedNamespaces);
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
                rights(storage, lakeFormation, publishedNamespaces),
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

    /** The custom resource that creates database, tables and views. */
    public DeployHandler statements() {
        return statements;
    }

    /** The tables that it creates, all Iceberg tables. */
    List<SqlFile> tables() {
        return ddl.tables();
    }

    private CfnWorkGroup workgroup(Storage storage) {
        return CfnWorkGroup.Builder.create(this, "Workgroup")
                .name(WORKGROUP)
                .description("Queries of the exported system tables of all clusters")
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
     * The first statement creates the database, so it runs without one. With Lake Formation it is omitted: the grants
     * need an existing database, and a role without permission to create databases may be refused even if it exists.
     */
    private static List<Map<String, String>> properties(Ddl ddl, boolean lakeFormation) {
        List<Map<String, String>> statements = new ArrayList<>();
        for (SqlFile file : ddl.statements()) {
            boolean createsDatabase = file.equals(ddl.database());
            if (createsDatabase && lakeFormation) {
                continue;
            }
            Map<String, String> statement = new HashMap<>(Map.of("Name", file.name(), "Sql", file.statement()));
            if (!createsDatabase) {
                statement.put("Database", ResourceNames.DATABASE);
            }
            statements.add(statement);
        }
        return statements;
    }

    /**
     * https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html and, for multipart uploads
     * of results, https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html
     */
    private static List<Allow> rights(Storage storage, boolean lakeFormation, List<String> publishedNamespaces) {
        String bucket = storage.bucket().getBucketArn();
        List<Allow> rights = new ArrayList<>(List.of(
                Allow.of(
                        "RunStatements",
                        List.of("athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution"),
                        List.of(Target.of(Arns.of("athena", "workgroup/" + WORKGROUP)))),
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
                                Target.of(Arns.glue("catalog")),
                                Target.of(Arns.glue("database/default")),
                                Target.of(Arns.glue("database/" + ResourceNames.DATABASE)),
                                Target.wildcard(
                                        Arns.glue("table/" + ResourceNames.DATABASE + "/*"),
                                        "the tables of the lake's database"))),
                Allow.of(
                        "MetadataAndResults",
                        List.of(
                                "s3:GetObject",
                                "s3:PutObject",
                                "s3:AbortMultipartUpload",
                                "s3:ListMultipartUploadParts"),
                        List.of(
                                Target.wildcard(
                                        bucket + "/" + Storage.LAKE + "/*", "Athena writes the metadata of new tables"),
                                Target.wildcard(
                                        bucket + "/" + Storage.RESULTS + "/*",
                                        "Athena writes a result for each statement"))),
                Allow.of(
                        "Bucket",
                        List.of("s3:ListBucket", "s3:ListBucketMultipartUploads"),
                        List.of(Target.of(bucket))),
                Allow.locate(storage.bucket())));
        if (!publishedNamespaces.isEmpty()) {
            rights.addAll(published(publishedNamespaces));
        }
        if (lakeFormation || !publishedNamespaces.isEmpty()) {
            rights.add(LakeFormationGrants.dataAccess());
        }
        return rights;
    }

    /**
     * To create a view, Athena reads the metadata of the tables that it refers to. Redshift publishes to the table bucket
     * {@code aws-redshift}, whose catalog is one of the account's: the skill {@code querying-aws-redshift} of
     * https://github.com/aws/agent-toolkit-for-aws lists these rights.
     */
    private static List<Allow> published(List<String> namespaces) {
        List<Target> catalog = new ArrayList<>(List.of(
                Target.of(Arns.glue("catalog")),
                Target.of(Arns.glue("catalog/s3tablescatalog")),
                Target.of(Arns.glue("catalog/" + PUBLISHED))));
        for (String namespace : namespaces) {
            catalog.add(Target.of(Arns.glue("database/" + PUBLISHED + "/" + namespace)));
            catalog.add(Target.of(Arns.glue("table/" + PUBLISHED + "/" + namespace + "/sys_query_history")));
        }
        String bucket = Arns.of("s3tables", "bucket/aws-redshift");
        return List.of(
                Allow.of("PublishedCatalog", List.of("glue:GetDatabase", "glue:GetTable"), catalog),
                Allow.of(
                        "PublishedBucket",
                        List.of("s3tables:GetTableBucket", "s3tables:GetNamespace"),
                        List.of(Target.of(bucket))),
                Allow.of(
                        "PublishedTables",
                        List.of("s3tables:GetTable", "s3tables:GetTableMetadataLocation", "s3tables:GetTableData"),
                        List.of(Target.wildcard(
                                bucket + "/table/*", "the ARN of a table has an id that only the service knows"))));
    }
}
