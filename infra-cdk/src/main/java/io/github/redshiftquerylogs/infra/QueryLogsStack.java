package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.infra.options.Options;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * Everything, in one stack; one deployment per account and Region. What has taken long to collect outlives it: bucket, state
 * table, key, parameters, database, tables.
 */
final class QueryLogsStack extends Stack {

    static final String NAME = "redshift-query-logs";
    /** Everything that the stack makes has this tag, with its name. */
    static final String TAG = "project";

    QueryLogsStack(Construct scope, String id, Options options, Artifacts artifacts) {
        super(
                scope,
                id,
                StackProps.builder()
                        .description("Keeps the system tables of Amazon Redshift clusters for good")
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
                Map.of(Arns.PARAMETERS, "the parameters of all clusters"),
                Parameters.properties(options.clusters(), storage, key.key().getKeyArn()));
        DeployHandler jobRemoval = new DeployHandler(
                this,
                "JobRemoval",
                artifacts.handlers().resolve("jobs"),
                retention,
                JobRemoval.rights(),
                JobRemoval.wildcards(),
                Map.of("StateTable", storage.stateTable().getTableName()));
        AthenaResources athena =
                new AthenaResources(this, "Athena", artifacts, storage, retention, options.lakeFormation());
        // parameters first, which refuse another lake than that of the last deployment: no table is made at a wrong
        // place
        athena.statements().resource().getNode().addDependency(parameters.resource());
        Optional<TableOptimizers> optimizers = options.tableOptimizers()
                ? Optional.of(new TableOptimizers(this, "TableOptimizers", athena, storage, options.lakeFormation()))
                : Optional.empty();
        if (options.lakeFormation()) {
            new LakeFormationGrants(this, "LakeFormation", job, athena.statements(), optimizers);
        }
        new Observability(this, "Observability", options, key, orchestration);

        // ticks come last and go first: no tick without parameters and tables, no job made after jobs were removed
        for (Construct trigger : orchestration.triggers()) {
            trigger.getNode()
                    .addDependency(
                            parameters.resource(),
                            jobRemoval.resource(),
                            athena.statements().resource());
            ingress.ifPresent(rules -> trigger.getNode().addDependency(rules));
        }
        Tags.of(this).add(TAG, NAME);
        output(
                "Bucket",
                "The lake; give it to the next deployment after a destroy: -c bucket=…",
                storage.bucket().getBucketName());
        output("StateTable", "How far each table was read", storage.stateTable().getTableName());
        output(
                "Key",
                "Encrypts the passwords: --key-id of aws ssm put-parameter",
                key.key().getKeyArn());
        network.ifPresent(given -> output(
                "JobSecurityGroups",
                "What clusters have to let in, on their port",
                String.join(",", given.securityGroups())));
        ingress.ifPresent(rules -> output(
                "ClustersNotLettingIn",
                "Clusters that the deployment made no rule at, each with the reason",
                rules.getAttString("NotLetIn")));
        output("Workgroup", "Where to ask, in Athena", AthenaResources.WORKGROUP);
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id + "Output")
                .description(description)
                .value(value)
                .build();
    }
}
