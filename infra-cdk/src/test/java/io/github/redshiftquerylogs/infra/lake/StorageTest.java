package io.github.redshiftquerylogs.infra.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsNode
class StorageTest {

    private static final String BUCKET = "AWS::S3::Bucket";
    private static final String TABLE = "AWS::DynamoDB::GlobalTable";

    @Test
    void theBucketIsEncryptedAndPrivate() {
        JsonNode bucket = SynthesizedStack.standard().properties(BUCKET, "Storage");

        assertThat(bucket.at("/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault")
                        .path("SSEAlgorithm")
                        .asText())
                .isEqualTo("AES256");
        assertThat(bucket.path("PublicAccessBlockConfiguration").properties())
                .hasSize(4)
                .allSatisfy(block -> assertThat(block.getValue().asBoolean()).isTrue());
    }

    @Test
    void theBucketRefusesRequestsWithoutTls() {
        JsonNode statement = SynthesizedStack.standard()
                .properties("AWS::S3::BucketPolicy", "Storage")
                .at("/PolicyDocument/Statement/0");

        assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
        assertThat(statement.path("Action").asText()).isEqualTo("s3:*");
        assertThat(statement.at("/Condition/Bool").path("aws:SecureTransport").asText())
                .isEqualTo("false");
    }

    @Test
    void nothingUnderTheTablesExpires() {
        List<String> expiring = new ArrayList<>();
        SynthesizedStack.standard()
                .properties(BUCKET, "Storage")
                .at("/LifecycleConfiguration/Rules")
                .forEach(rule -> {
                    List<String> actions = new ArrayList<>();
                    rule.fieldNames().forEachRemaining(actions::add);
                    actions.removeAll(List.of("Id", "Prefix", "Status", "AbortIncompleteMultipartUpload"));
                    if (!actions.isEmpty()) {
                        assertThat(actions).containsExactly("ExpirationInDays");
                        // without a prefix a rule holds for the whole bucket
                        expiring.add(rule.path("Prefix").asText(""));
                    }
                });

        assertThat(expiring).containsExactlyInAnyOrder("staging/", "athena-results/");
        assertThat(expiring).noneMatch(prefix -> "lake/".startsWith(prefix) || prefix.startsWith("lake"));
    }

    @Test
    void incompleteUploadsAreAborted() {
        assertThat(SynthesizedStack.standard()
                        .properties(BUCKET, "Storage")
                        .findValue("AbortIncompleteMultipartUpload")
                        .path("DaysAfterInitiation")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void anExistingBucketIsUsedAndNotTouched() {
        SynthesizedStack stack = SynthesizedStack.with(Map.of("clusters", "finance", "bucket", "old-lake"));

        assertThat(stack.resources(BUCKET)).isEmpty();
        assertThat(stack.resources("AWS::S3::BucketPolicy")).isEmpty();
        assertThat(new TemplateValues(Map.of())
                        .resolve(stack.properties("Custom::RedshiftQueryLogsParameters", "Parameters"))
                        .at("/Parameters/0/Value")
                        .asText())
                .isEqualTo("s3://old-lake/lake");
    }

    @Test
    void theStateTableHasTheKeysOfTheJobAndCanBeRestored() {
        JsonNode table = SynthesizedStack.standard().properties(TABLE, "Storage");

        assertThat(table.path("KeySchema").toString())
                .isEqualTo("[{\"AttributeName\":\"cluster_name\",\"KeyType\":\"HASH\"},"
                        + "{\"AttributeName\":\"entry\",\"KeyType\":\"RANGE\"}]");
        assertThat(table.findValuesAsText("AttributeType")).containsOnly("S");
        assertThat(table.path("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
        assertThat(table.findValue("PointInTimeRecoveryEnabled").asBoolean()).isTrue();
    }
}
