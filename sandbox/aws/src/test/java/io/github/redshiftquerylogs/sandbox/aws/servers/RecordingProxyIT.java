package io.github.redshiftquerylogs.sandbox.aws.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The real SDK, through the proxy, at the real S3 server (which checks signatures) and at DynamoDB Local. */
class RecordingProxyIT {

    private static final LocalCredentials STRANGER = new LocalCredentials("local", "wrong");

    @TempDir
    private static Path workFolder;

    private static LocalAws aws;

    private RecordingProxy proxy;
    private S3Client s3;

    @BeforeAll
    static void startAws() {
        aws = LocalAws.start(workFolder);
        aws.createBucket("lake");
    }

    @AfterAll
    static void stopAws() {
        aws.close();
    }

    @BeforeEach
    void start() {
        proxy = RecordingProxy.before(endpoint("AWS_ENDPOINT_URL_S3"));
        s3 = s3(proxy, LocalCredentials.DEFAULT);
    }

    @AfterEach
    void stop() {
        s3.close();
        proxy.close();
    }

    @Test
    void objectsPassUnchangedInBothDirections() {
        String key = "data/a b=ü+c/1.parquet";
        byte[] content = random(3_000_000);

        // with a checksum after the content, in signed chunks
        s3.putObject(put -> put.bucket("lake").key(key), RequestBody.fromBytes(content));

        assertThat(aws.s3().getObjectAsBytes(get -> get.bucket("lake").key(key)).asByteArray())
                .isEqualTo(content);
        assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key(key)).asByteArray())
                .isEqualTo(content);
        assertThat(s3.headObject(head -> head.bucket("lake").key(key)).contentLength())
                .isEqualTo(content.length);
        s3.deleteObject(delete -> delete.bucket("lake").key(key));
        assertThat(proxy.calls())
                .allSatisfy(call -> {
                    assertThat(call.accessKeyId()).isEqualTo("local");
                    assertThat(call.service()).isEqualTo("s3");
                    assertThat(call.target()).startsWith("/lake/data/a%20b%3D%C3%BC%2Bc/1.parquet");
                    assertThat(call.amzHeaders()).containsKey("x-amz-content-sha256");
                    assertThat(call.body()).as("objects are not kept").isEmpty();
                })
                .extracting(ReceivedCall::operation)
                .containsExactly("PUT", "GET", "HEAD", "DELETE");
    }

    @Test
    void aRangeIsAnsweredWithThatPart() {
        byte[] content = random(100_000);
        s3.putObject(put -> put.bucket("lake").key("range"), RequestBody.fromBytes(content));

        var part = s3.getObjectAsBytes(get -> get.bucket("lake").key("range").range("bytes=-8"));

        assertThat(part.response().sdkHttpResponse().statusCode()).isEqualTo(206);
        assertThat(part.response().contentRange()).isEqualTo("bytes 99992-99999/100000");
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(content, 99_992, 100_000));
    }

    @Test
    void anEmptyObjectIsNoObjectWithoutContent() {
        s3.putObject(put -> put.bucket("lake").key("empty"), RequestBody.empty());

        assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key("empty")).asByteArray())
                .isEmpty();
        assertThat(s3.headObject(head -> head.bucket("lake").key("empty")).contentLength())
                .isZero();
    }

    @Test
    void partsArePutTogether() {
        byte[] part = random(6 * 1024 * 1024);
        String id = s3.createMultipartUpload(create -> create.bucket("lake").key("parts"))
                .uploadId();
        List<CompletedPart> parts = List.of(1, 2).stream()
                .map(number -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(s3.uploadPart(
                                        upload -> upload.bucket("lake")
                                                .key("parts")
                                                .uploadId(id)
                                                .partNumber(number),
                                        RequestBody.fromBytes(part))
                                .eTag())
                        .build())
                .toList();
        s3.completeMultipartUpload(complete ->
                complete.bucket("lake").key("parts").uploadId(id).multipartUpload(upload -> upload.parts(parts)));
        String given = s3.createMultipartUpload(
                        create -> create.bucket("lake").key("parts").contentType("text/plain"))
                .uploadId();
        s3.abortMultipartUpload(abort -> abort.bucket("lake").key("parts").uploadId(given));

        assertThat(aws.s3()
                        .getObjectAsBytes(get -> get.bucket("lake").key("parts"))
                        .asByteArray())
                .hasSize(2 * part.length)
                .startsWith(part)
                .endsWith(part);
        assertThat(proxy.calls())
                .extracting(ReceivedCall::operation)
                .containsExactly("POST", "PUT", "PUT", "POST", "POST", "DELETE");
    }

    @Test
    void objectsAreListedAndDeletedTogether() {
        List<String> keys = List.of("list/a/1", "list/a/2", "list/b/1");
        keys.forEach(key -> s3.putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(key)));
        proxy.forgetCalls();

        assertThat(s3.listObjectsV2Paginator(
                                list -> list.bucket("lake").prefix("list/").maxKeys(2))
                        .contents())
                .extracting(S3Object::key)
                .containsExactlyElementsOf(keys);
        s3.deleteObjects(delete -> delete.bucket("lake")
                .delete(objects -> objects.objects(
                        ObjectIdentifier.builder().key("list/a/1").build(),
                        ObjectIdentifier.builder().key("list/b/1").build())));

        assertThat(aws.s3()
                        .listObjectsV2(list -> list.bucket("lake").prefix("list/"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("list/a/2");
        assertThat(proxy.calls()).extracting(ReceivedCall::operation).containsExactly("GET", "GET", "POST");
        assertThat(proxy.calls().get(0).target()).contains("list-type=2").contains("prefix=list");
        assertThat(proxy.calls().get(2).target()).startsWith("/lake?delete");
        assertThat(proxy.calls().get(2).body()).contains("<Key>list/a/1</Key>", "<Key>list/b/1</Key>");
    }

    @Test
    void refusalsComeBackAsTheyAre() {
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> s3.getObjectAsBytes(get -> get.bucket("lake").key("none")))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(404));
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> s3.headObject(head -> head.bucket("lake").key("none")));
        try (S3Client stranger = s3(proxy, STRANGER)) {
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() -> stranger.listObjectsV2(list -> list.bucket("lake")))
                    .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch"));
        }
        assertThat(proxy.calls())
                .as("failed calls are calls")
                .extracting(ReceivedCall::operation)
                .containsExactly("GET", "HEAD", "GET");
    }

    @Test
    void manyAskAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<byte[]>> replies = IntStream.range(0, 160)
                    .mapToObj(i -> threads.submit(() -> {
                        byte[] content = random(10_000 + i);
                        s3.putObject(put -> put.bucket("lake").key("many/" + i), RequestBody.fromBytes(content));
                        return s3.getObjectAsBytes(get -> get.bucket("lake").key("many/" + i))
                                .asByteArray();
                    }))
                    .toList();
            for (int i = 0; i < replies.size(); i++) {
                assertThat(replies.get(i).get()).isEqualTo(random(10_000 + i));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(proxy.calls()).hasSize(320);
    }

    @Test
    void aConnectionIsKeptForTheNextRequest() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), proxy.uri().getPort())) {
            socket.setSoTimeout(10_000);
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream()
                        .write("HEAD /lake/none HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(replies.readLine()).startsWith("HTTP/1.1 404");
                assertThat(replies.lines().takeWhile(line -> !line.isEmpty()))
                        .noneMatch(header -> header.equalsIgnoreCase("Connection: close"));
            }
        }
        assertThat(proxy.calls())
                .as("of nobody, for no service")
                .hasSize(2)
                .allMatch(call -> call.accessKeyId().isEmpty() && call.service().isEmpty());
    }

    @Test
    void dynamoDbIsReachedAsWell() {
        try (RecordingProxy tables = RecordingProxy.before(endpoint("AWS_ENDPOINT_URL_DYNAMODB"));
                DynamoDbClient dynamoDb = dynamoDb(tables)) {
            Map<String, AttributeValue> item = Map.of("name", AttributeValue.fromS("ü"));
            dynamoDb.createTable(create -> create.tableName("things")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("name")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("name")
                            .attributeType(ScalarAttributeType.S)
                            .build()));
            dynamoDb.putItem(put -> put.tableName("things").item(item));

            assertThat(dynamoDb.getItem(get -> get.tableName("things").key(item))
                            .item())
                    .isEqualTo(item);
            assertThat(tables.calls())
                    .allMatch(call -> call.service().equals("dynamodb"))
                    .extracting(ReceivedCall::operation)
                    .containsExactly("CreateTable", "PutItem", "GetItem");
            assertThat(tables.calls().get(1).body()).contains("\"TableName\":\"things\"", "ü");
        }
    }

    @Test
    void aServerThatIsDownIsABadGateway() throws IOException {
        // no server listens there, and it is never assigned as a free port
        URI nobody = URI.create("http://127.0.0.1:1");
        try (RecordingProxy lost = RecordingProxy.before(nobody);
                S3Client objects = s3(lost, LocalCredentials.DEFAULT);
                DynamoDbClient dynamoDb = dynamoDb(lost)) {
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(
                            () -> objects.headObject(head -> head.bucket("lake").key("a")))
                    .satisfies(e -> assertThat(e.statusCode()).isEqualTo(502));
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() ->
                            objects.putObject(put -> put.bucket("lake").key("a"), RequestBody.fromString("content")))
                    .satisfies(e -> assertThat(e.statusCode()).isEqualTo(502));
            assertThatExceptionOfType(DynamoDbException.class)
                    .isThrownBy(dynamoDb::listTables)
                    .satisfies(e -> assertThat(e.statusCode()).isEqualTo(502));

            HttpURLConnection plain =
                    (HttpURLConnection) lost.uri().resolve("/lake/a").toURL().openConnection();
            assertThat(plain.getResponseCode()).isEqualTo(502);
            assertThat(new String(plain.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("the recording proxy cannot reach " + nobody + ": java.net.ConnectException");
        }
    }

    @Test
    void afterItsEndNobodyAnswers() {
        proxy.close();

        assertThatExceptionOfType(SdkException.class)
                .isThrownBy(() -> s3.listObjectsV2(list -> list.bucket("lake")))
                .withStackTraceContaining("Connection refused");
        assertThat(aws.s3().listObjectsV2(list -> list.bucket("lake")).hasContents())
                .as("what stands behind goes on")
                .isNotNull();
    }

    private static URI endpoint(String variable) {
        return URI.create(aws.environment().getOrDefault(variable, ""));
    }

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static S3Client s3(RecordingProxy proxy, LocalCredentials credentials) {
        return S3Client.builder()
                .endpointOverride(proxy.uri())
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .credentialsProvider(credentials.provider())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static DynamoDbClient dynamoDb(RecordingProxy proxy) {
        return DynamoDbClient.builder()
                .endpointOverride(proxy.uri())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(LocalCredentials.DEFAULT.provider())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
