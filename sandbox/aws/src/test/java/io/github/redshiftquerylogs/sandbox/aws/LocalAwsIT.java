package io.github.redshiftquerylogs.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbTables;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.ssm.model.ParameterType;

class LocalAwsIT {

    @TempDir
    private static Path workFolder;

    private static LocalAws aws;

    @BeforeAll
    static void start() {
        aws = LocalAws.start(workFolder);
        aws.createBucket("lake");
    }

    @AfterAll
    static void close() {
        aws.close();
        assertThat(ProcessHandle.current().children())
                .as("processes that are left")
                .isEmpty();
    }

    @Test
    void dynamoDbChecksConditions() {
        DynamoDbTables.create(aws.dynamoDb(), "export_state", "cluster_name", "entry");
        Map<String, AttributeValue> item = Map.of(
                "cluster_name", AttributeValue.fromS("a"),
                "entry", AttributeValue.fromS("table#stl_query"));
        aws.dynamoDb()
                .putItem(put ->
                        put.tableName("export_state").item(item).conditionExpression("attribute_not_exists(entry)"));

        assertThatExceptionOfType(ConditionalCheckFailedException.class)
                .isThrownBy(() -> aws.dynamoDb()
                        .putItem(put -> put.tableName("export_state")
                                .item(item)
                                .conditionExpression("attribute_not_exists(entry)")));
        assertThat(aws.dynamoDb()
                        .getItem(get -> get.tableName("export_state").key(item).consistentRead(true))
                        .item())
                .isEqualTo(item);
    }

    @Test
    void s3KeepsObjectsThatComeWithTrailingChecksums() {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);

        aws.s3().putObject(put -> put.bucket("lake").key("data/a b=ü/1.parquet"), RequestBody.fromBytes(content));

        assertThat(aws.s3()
                        .getObjectAsBytes(get -> get.bucket("lake").key("data/a b=ü/1.parquet"))
                        .asByteArray())
                .isEqualTo(content);
        assertThat(aws.s3()
                        .getObjectAsBytes(get ->
                                get.bucket("lake").key("data/a b=ü/1.parquet").range("bytes=-8"))
                        .asByteArray())
                .isEqualTo(Arrays.copyOfRange(content, content.length - 8, content.length));
        assertThat(aws.s3()
                        .headObject(head -> head.bucket("lake").key("data/a b=ü/1.parquet"))
                        .contentLength())
                .isEqualTo(content.length);
    }

    @Test
    void s3PutsPartsTogether() {
        byte[] part = new byte[5 * 1024 * 1024];
        String id = aws.s3()
                .createMultipartUpload(create -> create.bucket("lake").key("parts"))
                .uploadId();
        List<CompletedPart> parts = List.of(1, 2).stream()
                .map(number -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(aws.s3()
                                .uploadPart(
                                        upload -> upload.bucket("lake")
                                                .key("parts")
                                                .uploadId(id)
                                                .partNumber(number),
                                        RequestBody.fromBytes(part))
                                .eTag())
                        .build())
                .toList();
        aws.s3()
                .completeMultipartUpload(complete -> complete.bucket("lake")
                        .key("parts")
                        .uploadId(id)
                        .multipartUpload(upload -> upload.parts(parts)));

        assertThat(aws.s3().headObject(head -> head.bucket("lake").key("parts")).contentLength())
                .isEqualTo(2L * part.length);
    }

    @Test
    void s3ListsAndDeletes() {
        List<String> keys = List.of("list/a/1", "list/a/2", "list/b/1");
        keys.forEach(key -> aws.s3().putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(key)));

        assertThat(aws.s3()
                        .listObjectsV2Paginator(
                                list -> list.bucket("lake").prefix("list/").maxKeys(2))
                        .contents())
                .extracting(S3Object::key)
                .containsExactlyElementsOf(keys);
        aws.s3()
                .deleteObjects(delete -> delete.bucket("lake")
                        .delete(objects -> objects.objects(
                                ObjectIdentifier.builder().key("list/a/1").build(),
                                ObjectIdentifier.builder().key("list/b/1").build())));
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() ->
                        aws.s3().getObjectAsBytes(get -> get.bucket("lake").key("list/a/1")));
        assertThat(aws.s3()
                        .listObjectsV2(list -> list.bucket("lake").prefix("list/"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("list/a/2");
    }

    @Test
    void s3RefusesOtherCredentials() {
        try (S3Client stranger = S3Client.builder()
                .endpointOverride(URI.create(aws.environment().get("AWS_ENDPOINT_URL_S3")))
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "wrong")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() -> stranger.listObjectsV2(list -> list.bucket("lake")))
                    .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void parameterStoreAndGlueAreThereAsWell() {
        aws.ssm().putParameter(put -> put.name("a").value("1").type(ParameterType.STRING));

        assertThat(aws.ssm().getParameter(get -> get.name("a")).parameter().value())
                .isEqualTo("1");
        assertThat(aws.glue().getJobs(get -> {}).jobs()).isEmpty();
    }
}
