package io.github.redshiftquerylogs.infra;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.infra.lake.Storage;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbTables;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The standard stack as deployed to the local AWS: names of its resources, its policies and variables. */
final class LocalDeployment {

    static final String BUCKET = "lake";

    private static final String STATE_TABLE = "export_state";
    private static final String ROLE = "redshift-query-logs-job-eu-central-1";

    private final SynthesizedStack stack = SynthesizedStack.standard();
    private final TemplateValues values = new TemplateValues(names(stack));

    private static Map<String, String> names(SynthesizedStack stack) {
        Map<String, String> names = new HashMap<>();
        String table = stack.resources("AWS::DynamoDB::GlobalTable").firstKey();
        names.put(table, STATE_TABLE);
        names.put(table + ".Arn", "arn:aws:dynamodb:eu-central-1:000000000000:table/" + STATE_TABLE);
        String bucket = stack.resources("AWS::S3::Bucket").firstKey();
        names.put(bucket, BUCKET);
        names.put(bucket + ".Arn", "arn:aws:s3:::" + BUCKET);
        stack.resources("AWS::IAM::Role").keySet().stream()
                .filter(id -> id.startsWith("JobRole"))
                .forEach(id -> names.put(id + ".Arn", "arn:aws:iam::000000000000:role/" + ROLE));
        return names;
    }

    PolicyEvaluation policiesOf(String role) {
        return values.policiesOf(stack.template(), role);
    }

    /** The environment variables of the Lambda in the template. */
    Environment environment() {
        JsonNode variables = values.resolve(
                stack.properties("AWS::Lambda::Function", "Orchestration").at("/Environment/Variables"));
        Map<String, String> environment = new HashMap<>();
        variables
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        return Environment.parse(environment);
    }

    /** Sets the global parameters. */
    static void putParameters(SsmClient ssm, String... clusters) {
        put(ssm, ParameterNames.ENABLED_CLUSTER_LIST, String.join(",", clusters), ParameterType.STRING_LIST);
        put(ssm, ParameterNames.S3_PREFIX, "s3://" + BUCKET + "/" + Storage.LAKE);
        put(ssm, ParameterNames.TEMPDIR, "s3://" + BUCKET + "/" + Storage.STAGING);
        put(ssm, ParameterNames.ROLE, ROLE);
        put(ssm, ParameterNames.EXPORTS, "core");
    }

    static void put(SsmClient ssm, String name, String value) {
        put(ssm, name, value, ParameterType.STRING);
    }

    static void put(SsmClient ssm, String name, String value, ParameterType type) {
        ssm.putParameter(put -> put.name(name).value(value).type(type));
    }

    static void createStateTable(DynamoDbClient dynamoDb) {
        DynamoDbTables.create(dynamoDb, STATE_TABLE, ResourceNames.STATE_PARTITION_KEY, ResourceNames.STATE_SORT_KEY);
    }

    /** A context with two minutes of remaining time. */
    static Context context() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getRemainingTimeInMillis")) {
                        return 120_000;
                    }
                    return method.getReturnType() == String.class
                            ? "test"
                            : method.getReturnType() == int.class ? 0 : null;
                });
    }
}
