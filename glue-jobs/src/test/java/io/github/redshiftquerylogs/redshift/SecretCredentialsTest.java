package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import java.time.Duration;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Secrets on the real SDK client and the local Secrets Manager, and what a cluster does with them. */
class SecretCredentialsTest {

    private static final String USER = "exporter";
    private static final String OLD = "0ld-'\"\\ pass";
    private static final String NEW = "n3w-'\"\\ pass";

    private static LocalAwsEndpoint endpoint;
    private static SecretsManagerClient secrets;
    private static EmbeddedRedshift redshift;
    private static int number;

    private String arn;

    @BeforeAll
    static void start() {
        endpoint = LocalAwsEndpoint.start(request -> {
            throw new IllegalStateException("no job is started here: " + request);
        });
        secrets = client();
        redshift = EmbeddedRedshift.recycled("secretive", USER, OLD);
    }

    @AfterAll
    static void stop() {
        redshift.close();
        secrets.close();
        endpoint.close();
    }

    @BeforeEach
    void newSecret() {
        redshift.users().setPassword(USER, OLD);
        arn = secrets.createSecret(create -> create.name("secret-" + ++number).secretString(json(OLD)))
                .arn();
        endpoint.forgetCalls();
    }

    private static SecretsManagerClient client() {
        return SecretsManagerClient.builder().endpointOverride(endpoint.uri()).build();
    }

    private static String json(String password) {
        return "{\"username\": \"" + USER + "\", \"password\": \""
                + password.replace("\\", "\\\\").replace("\"", "\\\"") + "\", \"engine\": \"redshift\"}";
    }

    private SecretCredentials secret() {
        return new SecretCredentials(arn, SecretCredentialsTest::client);
    }

    private JdbcSource source() {
        return JdbcSource.withSecret(
                new StatementName(new ClusterName("orders"), "run"),
                new JdbcAddress(redshift.jdbcUrl()),
                secret(),
                Duration.ofMinutes(1));
    }

    private void rotate(String password) {
        secrets.putSecretValue(put -> put.secretId(arn).secretString(json(password)));
    }

    /** How often an operation was called in this test. */
    private static long calls(String operation) {
        return endpoint.calls().stream()
                .filter(call -> call.operation().equals(operation))
                .count();
    }

    @Test
    void userAndPasswordAreReadAndNeverPrinted() {
        assertThat(secret().read()).isEqualTo(new DatabaseCredentials(USER, OLD));
        assertThat(source().toString()).doesNotContain(OLD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            just-a-pass                            | is no JSON
            {"username": "u", "password": "just-a-pass" | is no JSON
            {"username": "just-a-pass"}            | has no password
            {"password": "just-a-pass"}            | has no username
            {"username": "u", "password": ""}      | has no password
            {"username": "u", "password": " \\n"}   | has no password
            {"username": "u", "password": null}    | has no password
            {"username": null, "password": "just-a-pass"} | has no username
            {"username": "u", "password": {"is": "just-a-pass"}} | has no password
            {"username": "u", "password": "just-a-pass\\u200b"} | has a password that contains U+200B ZERO WIDTH SPACE
            {"username": "u\\u00a0", "password": "just-a-pass"} | has a username that contains U+00A0 NO-BREAK SPACE
            "just-a-pass"                          | has no username
            """)
    void malformedSecretIsReportedWithoutItsContent(String text, String problem) {
        secrets.putSecretValue(put -> put.secretId(arn).secretString(text));
        assertThatThrownBy(() -> secret().read())
                .isInstanceOf(SourceException.class)
                .hasNoCause()
                .hasMessage("secret " + arn + " " + problem
                        + ": expected a secret whose text is JSON with username and password")
                .hasMessageNotContaining("just-a-pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r\\n", " ", "\\t"})
    void blanksAndLineEndsAroundUserAndPasswordDoNotCount(String around) {
        secrets.putSecretValue(put -> put.secretId(arn)
                .secretString("{\"username\": \"" + USER + around + "\", \"password\": \"" + around + "S3cret" + around
                        + "\"}"));
        assertThat(secret().read()).isEqualTo(new DatabaseCredentials(USER, "S3cret"));
    }

    @Test
    void secretThatDoesNotExistOrIsDeniedIsNamed() {
        String other = arn + "x";
        assertThatThrownBy(() -> new SecretCredentials(other, SecretCredentialsTest::client).read())
                .hasMessageStartingWith("secret " + other + " does not exist (");
        endpoint.failNext("GetSecretValue", new AwsError("AccessDeniedException", "not authorized", 400), 1);
        assertThatThrownBy(() -> secret().read())
                .hasMessageStartingWith("cannot read secret " + arn + ": not authorized")
                .hasMessageContaining("expected that the role of the job has secretsmanager:GetSecretValue on it");
    }

    @Test
    void secretIsReadOnceAsLongAsItWorks() {
        JdbcSource source = source();
        source.open("one").close();
        SerializationUtils.roundtrip(source).open("two").close();
        assertThat(calls("GetSecretValue")).isEqualTo(1);
    }

    @Test
    void secretThatIsRotatedBetweenReadAndConnectIsReadOnceMore() {
        JdbcSource source = source();
        JdbcSource inTask = SerializationUtils.roundtrip(source);
        redshift.users().setPassword(USER, NEW);
        rotate(NEW);
        source.open("one").close();
        source.open("two").close();
        assertThat(calls("GetSecretValue")).as("then it is known").isEqualTo(2);
        inTask.open("three").close();
        assertThat(calls("GetSecretValue")).as("a task asks for itself").isEqualTo(3);
    }

    @Test
    void secretThatDiffersAndIsRefusedAsWellIsTriedOnlyOnce() {
        JdbcSource source = source();
        redshift.users().setPassword(USER, "another");
        rotate(NEW);
        assertThatThrownBy(() -> source.open("one"))
                .hasMessageContaining("password authentication failed")
                .hasMessageEndingWith(
                        "expected a user that may connect, and its password, in the secret of the cluster's"
                                + " parameter secret")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(OLD, NEW));
        assertThat(calls("GetSecretValue")).isEqualTo(2);
    }

    @Test
    void secretThatDidNotChangeIsNotTriedAgain() {
        JdbcSource source = source();
        redshift.users().setPassword(USER, "another");
        assertThatThrownBy(() -> source.open("one")).hasMessageContaining("password authentication failed");
        assertThat(calls("GetSecretValue")).isEqualTo(2);
    }

    @Test
    void errorThatIsNoRefusedLoginDoesNotReadTheSecretAgain() {
        JdbcSource source = source();
        redshift.pause();
        try {
            assertThatThrownBy(() -> source.open("one"))
                    .hasMessageStartingWith("cannot connect to 127.0.0.1:" + redshift.port() + "/dev as exporter: ")
                    .hasMessageContaining("expected a cluster that runs (is not paused) at this address");
        } finally {
            redshift.resume();
        }
        assertThat(calls("GetSecretValue")).isEqualTo(1);
    }
}
