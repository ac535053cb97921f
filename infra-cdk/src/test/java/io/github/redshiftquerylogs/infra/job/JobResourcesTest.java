package io.github.redshiftquerylogs.infra.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import org.junit.jupiter.api.Test;

@NeedsNode
class JobResourcesTest {

    private final SynthesizedStack stack = SynthesizedStack.standard();

    @Test
    void logsOfRunsAreEncryptedUnderTheStacksKey() {
        // with one, Glue would write to log groups of other names
        assertThat(stack.resources("AWS::Glue::SecurityConfiguration")).isEmpty();
        assertThat(stack.resources("AWS::Logs::LogGroup").entrySet().stream()
                        .filter(log -> log.getKey().startsWith("JobLog")))
                .hasSize(2)
                .allSatisfy(log -> assertThat(
                                log.getValue().at("/Properties/KmsKeyId").toString())
                        .contains("Key"));
    }

    @Test
    void theKeyLetsLogGroupsAndAlarmsOfTheAccountUseIt() {
        JsonNode policy = stack.properties("AWS::KMS::Key", "Key").path("KeyPolicy");

        assertThat(stack.properties("AWS::KMS::Key", "Key")
                        .path("EnableKeyRotation")
                        .asBoolean())
                .isTrue();
        assertThat(policy.toString())
                .contains("kms:EncryptionContext:aws:logs:arn")
                .contains("cloudwatch.amazonaws.com")
                .doesNotContain("\"Principal\":\"*\"");
    }

    @Test
    void onlyGlueTakesTheRole() {
        assertThat(stack.properties("AWS::IAM::Role", "JobRole")
                        .at("/AssumeRolePolicyDocument/Statement")
                        .findValuesAsText("Service"))
                .containsExactly("glue.amazonaws.com");
    }
}
