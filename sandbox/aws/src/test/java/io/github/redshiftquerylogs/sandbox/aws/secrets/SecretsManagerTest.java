package io.github.redshiftquerylogs.sandbox.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.sandbox.aws.TestingEndpoint;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class SecretsManagerTest {

    @AutoClose
    private final TestingEndpoint aws = new TestingEndpoint();

    private String value(String id) {
        return aws.secretsManager.getSecretValue(get -> get.secretId(id)).secretString();
    }

    private String create(String name, String value) {
        return aws.secretsManager
                .createSecret(create -> create.name(name).secretString(value))
                .arn();
    }

    @Test
    void aSecretIsFoundByNameByArnAndByArnWithoutItsRandomCharacters() {
        String arn = create("prod/alpha", "geheim");

        assertThat(arn).matches("arn:aws:secretsmanager:eu-central-1:000000000000:secret:prod/alpha-\\w{6}");
        assertThat(value("prod/alpha")).isEqualTo("geheim");
        assertThat(value(arn)).isEqualTo("geheim");
        assertThat(value(arn.substring(0, arn.length() - 7))).isEqualTo("geheim");
    }

    @Test
    void aRotationMovesTheStages() {
        create("a", "one");
        String first =
                aws.secretsManager.getSecretValue(get -> get.secretId("a")).versionId();

        String second = aws.secretsManager
                .putSecretValue(put -> put.secretId("a").secretString("two"))
                .versionId();

        GetSecretValueResponse current = aws.secretsManager.getSecretValue(get -> get.secretId("a"));
        assertThat(current.secretString()).isEqualTo("two");
        assertThat(current.versionId()).isEqualTo(second);
        assertThat(current.versionStages()).containsExactly("AWSCURRENT");
        assertThat(aws.secretsManager
                        .getSecretValue(get -> get.secretId("a").versionStage("AWSPREVIOUS"))
                        .secretString())
                .isEqualTo("one");
        assertThat(aws.secretsManager
                        .getSecretValue(get -> get.secretId("a").versionId(first))
                        .secretString())
                .isEqualTo("one");
        assertThat(aws.secretsManager
                        .describeSecret(describe -> describe.secretId("a"))
                        .versionIdsToStages())
                .containsEntry(first, List.of("AWSPREVIOUS"))
                .containsEntry(second, List.of("AWSCURRENT"));

        aws.secretsManager.putSecretValue(put -> put.secretId("a").secretString("three"));
        assertThat(aws.secretsManager
                        .describeSecret(describe -> describe.secretId("a"))
                        .versionIdsToStages())
                .containsOnlyKeys(
                        second,
                        aws.secretsManager
                                .getSecretValue(get -> get.secretId("a"))
                                .versionId());
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> value("none"))
                .withMessageContaining("Secrets Manager can't find the specified secret.");
        create("a", "one");
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> aws.secretsManager.getSecretValue(
                        get -> get.secretId("a").versionStage("AWSPREVIOUS")));
        assertThatExceptionOfType(ResourceExistsException.class).isThrownBy(() -> create("a", "two"));
    }

    @Test
    void aDeletedSecretGivesNoValueAndOneDeletedAtOnceIsGone() {
        create("a", "one");
        create("b", "one");

        aws.secretsManager.deleteSecret(delete -> delete.secretId("a"));
        aws.secretsManager.deleteSecret(delete -> delete.secretId("b").forceDeleteWithoutRecovery(true));

        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> value("a"));
        assertThat(aws.secretsManager
                        .describeSecret(describe -> describe.secretId("a"))
                        .deletedDate())
                .isNotNull();
        assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> value("b"));
    }
}
