package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.infra.foundation.Artifacts;
import io.github.redshiftquerylogs.infra.foundation.DeployHandler;
import io.github.redshiftquerylogs.infra.foundation.LogRetention;
import io.github.redshiftquerylogs.infra.foundation.ProjectTag;
import io.github.redshiftquerylogs.infra.foundation.StackKey;
import io.github.redshiftquerylogs.infra.job.JobRemoval;
import io.github.redshiftquerylogs.infra.job.JobResources;
import io.github.redshiftquerylogs.infra.job.OwnExports;
import io.github.redshiftquerylogs.infra.job.Parameters;
import io.github.redshiftquerylogs.infra.lake.AthenaResources;
import io.github.redshiftquerylogs.infra.lake.CatalogKey;
import io.github.redshiftquerylogs.infra.lake.LakeFormationGrants;
import io.github.redshiftquerylogs.infra.lake.Storage;
import io.github.redshiftquerylogs.infra.lake.TableOptimizers;
import io.github.redshiftquerylogs.infra.network.Network;
import io.github.redshiftquerylogs.infra.options.Options;
import io.github.redshiftquerylogs.infra.orchestration.Observability;
import io.github.redshiftquerylogs.infra.orchestration.Orchestration;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * The stack with all resources; one deployment per account and Region. Bucket, state table, key, parameters, database
 * and tables are kept when the stack is deleted, since the collected history cannot be collected again.
 */
final class QueryLogsStack extends Stack {

    static final String NAME = ProjectTag.VALUE;

    QueryLogsStack(Construct scope, String id, Options options, Artifacts artifacts) {
        super(
                scope,
                id,
                StackProps.builder()
                        .description("Exports the system tables of Amazon Redshift clusters to Iceberg tables")
                        .build());
        RetentionDays retention = LogRetention.of(options.logRetentionDays());
        StackKey key = new StackKey(this, "Key");
        Storage storage = new Storage(this, "Storage", options.bucket());
        JobResources job = new JobResources(this, "Job", artifacts, storage, key, retention);
        Optional<Network> network = options.network()
                .map(given -> new Network(
                        this,
                        "Network",
                        given,
                        options.clusters(),
                        artifacts.handlers(),
                        retention,
                        Clock.systemUTC()));
        Optional<CustomResource> ingress = network.flatMap(Network::ingress);
        Orchestration orchestration =
                new Orchestration(this, "Orchestration", options, artifacts, storage, key, job, network, retention);
        DeployHandler parameters = new DeployHandler(
                this,
                "Parameters",
                artifacts.handlers().resolve("parameters"),
                retention,
                Parameters.rights(key.key().getKeyArn()),
                Parameters.properties(
                        options.clusters(),
                        storage,
                        key.key().getKeyArn(),
                        options.exports().isPresent()));
        options.exports()
                .map(folder ->
                        new OwnExports(this, "OwnExports", Path.of(folder), artifacts.handlers(), storage, retention))
                // the jobs look for the files as soon as the parameter names their folder
                .ifPresent(own -> parameters
                        .resource()
                        .getNode()
                        .addDependency(own.upload().resource()));
        DeployHandler jobRemoval = new DeployHandler(
                this,
                "JobRemoval",
                artifacts.handlers().resolve("jobs"),
                retention,
                JobRemoval.rights(),
                Map.of("StateTable", storage.stateTable().getTableName()));
        AthenaResources athena = new AthenaResources(
                this, "Athena", artifacts, storage, retention, options.lakeFormation(), options.publishedNamespaces());
        // parameters first: they fail if the last deployment used another lake, before a table is created in this one
        athena.statements().resource().getNode().addDependency(parameters.resource());
        Optional<TableOptimizers> optimizers = options.tableOptimizers()
                ? Optional.of(new TableOptimizers(this, "TableOptimizers", athena, storage, options.lakeFormation()))
                : Optional.empty();
        if (options.lakeFormation()) {
            new LakeFormationGrants(this, "LakeFormation", job.role(), athena.statements(), optimizers);
        }
        options.catalogKey().ifPresent(arn -> {
            List<Role> roles = new ArrayList<>(List.of(
                    orchestration.role(), job.role(), athena.statements().role()));
            optimizers.ifPresent(made -> roles.add(made.role()));
            CatalogKey.allow(arn, roles);
        });
        new Observability(this, "Observability", options, key, orchestration);

        // triggers are created last and deleted first: no tick without parameters and tables, and none that creates a
        // job after the jobs were deleted
        for (Construct trigger : orchestration.triggers()) {
            trigger.getNode()
                    .addDependency(
                            parameters.resource(),
                            jobRemoval.resource(),
                            athena.statements().resource());
            ingress.ifPresent(rules -> trigger.getNode().addDependency(rules));
        }
        Tags.of(this).add(ProjectTag.KEY, ProjectTag.VALUE);
        output(
                "Bucket",
                "Bucket of the lake; to deploy again with this lake after a destroy: -c bucket=…",
                storage.bucket().getBucketName());
        output(
                "StateTable",
                "DynamoDB table with the export state of each cluster and table",
                storage.stateTable().getTableName());
        output(
                "Key",
                "KMS key for passwords: --key-id of aws ssm put-parameter",
                key.key().getKeyArn());
        network.ifPresent(given -> output(
                "JobSecurityGroups",
                "Security groups of the jobs; clusters have to admit them on their port",
                String.join(",", given.securityGroups())));
        ingress.ifPresent(rules -> output(
                "ClustersNotLettingIn",
                "Clusters without a rule that admits the jobs, each with the reason",
                rules.getAttString("NotLetIn")));
        output(
                "Exports",
                "What clusters export beyond the default; one that an earlier release exported keeps the set core until a"
                        + " parameter says otherwise",
                "aws ssm put-parameter --type String --name " + ParameterNames.EXPORTS
                        + " --value stl,names,states; for one cluster " + ParameterNames.PREFIX + "<cluster>.exports");
        output("Workgroup", "Athena workgroup for queries", AthenaResources.WORKGROUP);
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id + "Output")
                .description(description)
                .value(value)
                .build();
    }
}
