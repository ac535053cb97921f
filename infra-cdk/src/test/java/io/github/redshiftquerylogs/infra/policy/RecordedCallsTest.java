package io.github.redshiftquerylogs.infra.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of S3 and DynamoDB from their user guides, and the calls that IAM evaluates for each. */
class RecordedCallsTest {

    private static final String BUCKET = "arn:aws:s3:::lake";
    private static final String TABLES = "arn:aws:dynamodb:eu-central-1:000000000000:table/";

    @ParameterizedTest
    @CsvSource({
        "GET, /lake/data/a.parquet, s3:GetObject",
        "GET, /lake/data/a.parquet?x-id=GetObject, s3:GetObject",
        "HEAD, /lake/data/a.parquet, s3:GetObject",
        "PUT, /lake/data/a.parquet?x-id=PutObject, s3:PutObject",
        "POST, /lake/data/a.parquet?uploads, s3:PutObject",
        "PUT, /lake/data/a.parquet?partNumber=1&uploadId=7, s3:PutObject",
        "POST, /lake/data/a.parquet?uploadId=7, s3:PutObject",
        "DELETE, /lake/data/a.parquet?uploadId=7&x-id=AbortMultipartUpload, s3:AbortMultipartUpload",
        "DELETE, /lake/data/a.parquet, s3:DeleteObject",
    })
    void anObjectsActionIsToldByMethodAndSubresource(String method, String target, String action) {
        assertThat(s3(method, target)).containsExactly(call(action, BUCKET + "/data/a.parquet"));
    }

    @Test
    void keysAreDecoded() {
        assertThat(s3("GET", "/lake/data/a%20b%3D%C3%BC+c//1"))
                .containsExactly(call("s3:GetObject", BUCKET + "/data/a b=ü+c//1"));
    }

    @Test
    void aListingIsOfItsPrefix() {
        assertThat(s3("GET", "/lake?list-type=2&max-keys=2&prefix=staging%2Fa%2F"))
                .containsExactly(call("s3:ListBucket", BUCKET).with("s3:prefix", "staging/a/"));
        assertThat(s3("GET", "/lake/?list-type=2&continuation-token=x"))
                .as("of everything")
                .containsExactly(call("s3:ListBucket", BUCKET));
        assertThat(s3("HEAD", "/lake")).containsExactly(call("s3:ListBucket", BUCKET));
        assertThat(s3("GET", "/lake?location")).containsExactly(call("s3:GetBucketLocation", BUCKET));
    }

    @Test
    void deletingManyIsDeletingEach() {
        assertThat(recorded(
                        "s3",
                        "POST",
                        "/lake?delete",
                        Map.of(),
                        "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>staging/a&amp;b</Key>"
                                + "</Object><Object><Key>lake/c</Key></Object><Quiet>true</Quiet></Delete>"))
                .containsExactly(
                        call("s3:DeleteObject", BUCKET + "/staging/a&b"), call("s3:DeleteObject", BUCKET + "/lake/c"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recorded(
                        "s3",
                        "POST",
                        "/lake?delete",
                        Map.of(),
                        "<Delete><Object><Key>a</Key><VersionId>1</VersionId></Object></Delete>"))
                .withMessageContaining("VersionId");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recorded("s3", "POST", "/lake?delete", Map.of(), "<Delete/>"));
    }

    @Test
    void aCopyAlsoReads() {
        assertThat(recorded("s3", "PUT", "/lake/b", Map.of("x-amz-copy-source", "other/a%20b"), ""))
                .containsExactly(call("s3:GetObject", "arn:aws:s3:::other/a b"), call("s3:PutObject", BUCKET + "/b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /lake/a?acl", "PUT /lake", "DELETE /lake", "GET /", "GET /lake?versions", "PATCH /lake/a"})
    void whatIsNotKnownIsNotGuessed(String request) {
        String[] words = request.split(" ", 2);

        assertThatIllegalArgumentException().isThrownBy(() -> s3(words[0], words[1]));
    }

    @Test
    void anObjectWithTagsNeedsMoreThanWriting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recorded("s3", "PUT", "/lake/a", Map.of("x-amz-tagging", "a=b"), ""))
                .withMessageContaining("x-amz-tagging");
    }

    @Test
    void aCallOfDynamoDbIsOfItsTables() {
        assertThat(dynamoDb("UpdateItem", "{\"TableName\": \"state\"}"))
                .containsExactly(call("dynamodb:UpdateItem", TABLES + "state"));
        assertThat(dynamoDb("BatchGetItem", "{\"RequestItems\": {\"a\": {}, \"b\": {}}}"))
                .containsExactly(
                        call("dynamodb:BatchGetItem", TABLES + "a"), call("dynamodb:BatchGetItem", TABLES + "b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamoDb("Query", "{\"TableName\": \"state\", \"IndexName\": \"by-day\"}"));
        assertThatIllegalArgumentException().isThrownBy(() -> dynamoDb("TransactWriteItems", "{}"));
    }

    @Test
    void whatNobodyHasSignedIsOfNoService() {
        assertThatIllegalArgumentException().isThrownBy(() -> recorded("", "GET", "/lake/a", Map.of(), ""));
    }

    private static List<Call> s3(String method, String target) {
        return recorded("s3", method, target, Map.of(), "");
    }

    private static List<Call> dynamoDb(String operation, String body) {
        return recorded("dynamodb", operation, "/", Map.of(), body);
    }

    private static List<Call> recorded(
            String service, String operation, String target, Map<String, String> headers, String body) {
        return RecordedCalls.of(List.of(new io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall(
                "local", service, operation, target, headers, body)));
    }

    private static Call call(String action, String resource) {
        return Call.of(action, resource).with("aws:RequestedRegion", "eu-central-1");
    }
}
