package io.github.redshiftquerylogs.sandbox.demo.deploy;

import io.github.redshiftquerylogs.orchestrator.OrchestratorHandler;
import io.github.redshiftquerylogs.sandbox.aws.servers.LocalCredentials;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The Lambda's clients of the services that an environment leads to; closed together. */
record LambdaClients(SsmClient ssm, GlueClient glue, DynamoDbClient dynamoDb, RedshiftClient redshift)
        implements AutoCloseable {

    private static final String ENDPOINT = "AWS_ENDPOINT_URL";

    /** @param environment the variables that the Lambda would have, of the SDK's standard environment */
    static LambdaClients of(Map<String, String> environment) {
        Region region = Region.of(environment.getOrDefault("AWS_REGION", ""));
        URI endpoint = URI.create(environment.getOrDefault(ENDPOINT, ""));
        URI dynamoDb = URI.create(environment.getOrDefault(ENDPOINT + "_DYNAMODB", ""));
        return new LambdaClients(
                client(SsmClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), endpoint, region),
                client(OrchestratorHandler.glueClientBuilder(), endpoint, region),
                client(DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), dynamoDb, region),
                client(
                        RedshiftClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()),
                        endpoint,
                        region));
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            B builder, URI endpoint, Region region) {
        return builder.endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(LocalCredentials.DEFAULT.provider())
                .build();
    }

    @Override
    public void close() {
        ssm.close();
        glue.close();
        dynamoDb.close();
        redshift.close();
    }
}
