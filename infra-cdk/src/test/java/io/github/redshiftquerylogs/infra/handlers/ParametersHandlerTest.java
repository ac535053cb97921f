package io.github.redshiftquerylogs.infra.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.RecordedCalls;
import io.github.redshiftquerylogs.infra.policy.ServiceReference;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

@NeedsNode
class ParametersHandlerTest {

    private static final String LIST = "redshift_query_logs.global.enabled_cluster_list";
    private static final String ROLE = "redshift_query_logs.global.role";
    private static final String PREFIX = "redshift_query_logs.global.s3_prefix";
    private static final String USER = "redshift_query_logs.finance.user";
    private static final String KEY = "arn:aws:kms:eu-central-1:000000000000:key/"
            + SynthesizedStack.standard().resources("AWS::KMS::Key").firstKey();
    private static final String PASSWORD = "redshift_query_logs.finance.password";

    @AutoClose
    private final LocalAwsEndpoint aws = LocalAwsEndpoint.start(request -> {
        throw new UnsupportedOperationException("no job is started here");
    });

    @AutoClose
    private final SsmClient ssm = SsmClient.builder()
            .endpointOverride(aws.uri())
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    private Handler handler;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        handler = new Handler("parameters", aws.uri());
    }

    @Test
    void whatIsAbsentIsMade() throws Exception {
        handler.create(properties("finance"));

        assertThat(parameter(PREFIX).value()).isEqualTo("s3://lake/lake");
        assertThat(parameter(USER).value()).isEqualTo("tempuser");
        assertThat(parameter(PASSWORD).type()).isEqualTo(ParameterType.SECURE_STRING);
        assertThat(parameter(LIST).type()).isEqualTo(ParameterType.STRING_LIST);
        assertThat(parameter(LIST).value()).isEqualTo("finance");
    }

    @Test
    void whatIsThereIsNeverOverwritten() throws Exception {
        put(USER, ParameterType.STRING, "exporter");
        put(PASSWORD, ParameterType.SECURE_STRING, "correct horse");
        put("redshift_query_logs.global.interval_minutes", ParameterType.STRING, "5");

        handler.create(properties("finance"));
        handler.invoke("Update", properties("finance"), 60);

        assertThat(parameter(USER).value()).isEqualTo("exporter");
        assertThat(parameter(PASSWORD).value()).isEqualTo("correct horse");
        assertThat(parameter("redshift_query_logs.global.interval_minutes").value())
                .isEqualTo("5");
        assertThat(parameter(PASSWORD).version()).isEqualTo(1);
    }

    /** The cluster is reached by the Data API as the job's role; a placeholder user would stop its export. */
    @Test
    void anEnabledClusterThatNeedsNoUserGetsNoneWhenAnotherOneIsAdded() throws Exception {
        put(LIST, ParameterType.STRING_LIST, "by-identity");

        handler.create(properties("by-identity", "finance"));

        assertThatThrownBy(() -> parameter("redshift_query_logs.by-identity.user"))
                .isInstanceOf(ParameterNotFoundException.class);
        assertThatThrownBy(() -> parameter("redshift_query_logs.by-identity.password"))
                .isInstanceOf(ParameterNotFoundException.class);
        assertThat(parameter(USER).value()).isEqualTo("tempuser");
        assertThat(parameter(LIST).value()).isEqualTo("by-identity,finance");
    }

    @Test
    void theListGrowsAndKeepsWhatItHas() throws Exception {
        put(LIST, ParameterType.STRING_LIST, "old, gone-from-the-options");

        handler.create(properties("finance", "old"));

        assertThat(parameter(LIST).value()).isEqualTo("old,gone-from-the-options,finance");
    }

    @Test
    void aListThatHasAllIsNotWritten() throws Exception {
        put(LIST, ParameterType.STRING_LIST, " finance ,other");

        handler.invoke("Update", properties("finance"), 60);

        assertThat(parameter(LIST).value()).isEqualTo(" finance ,other");
        assertThat(parameter(LIST).version()).isEqualTo(1);
    }

    @Test
    void withoutClustersThereIsNoList() throws Exception {
        handler.create(properties());

        assertThatThrownBy(() -> parameter(LIST)).isInstanceOf(ParameterNotFoundException.class);
    }

    @Test
    void deletionRemovesNothing() throws Exception {
        handler.create(properties("finance"));

        handler.invoke("Delete", properties("finance"), 60);

        assertThat(parameter(LIST).value()).isEqualTo("finance");
        assertThat(parameter(PASSWORD).version()).isEqualTo(1);
    }

    @Test
    void anotherBucketThanThisDeploymentsIsSaidBeforeAnythingIsMade() throws Exception {
        put(PREFIX, ParameterType.STRING, "s3://old-lake/lake");

        assertThatThrownBy(() -> handler.create(properties("finance")))
                .hasMessage(PREFIX + " = 's3://old-lake/lake': expected 's3://lake/lake', which is this deployment's;"
                        + " deploy with that bucket, or delete the parameter");
        assertThatThrownBy(() -> parameter(LIST)).isInstanceOf(ParameterNotFoundException.class);
    }

    @Test
    void aRoleOfAnotherDeploymentIsRefused() throws Exception {
        put(ROLE, ParameterType.STRING, "another");

        assertThatThrownBy(() -> handler.create(properties("finance")))
                .hasMessage(ROLE + " = 'another': expected 'job', which is this deployment's; delete the parameter");
    }

    @Test
    void theSameBucketWrittenDifferentlyIsAccepted() throws Exception {
        put(PREFIX, ParameterType.STRING, "s3://lake/lake/");

        handler.create(properties("finance"));

        assertThat(parameter(PREFIX).value()).isEqualTo("s3://lake/lake/");
    }

    @Test
    void somebodyWhoWasFasterIsLeftAlone() throws Exception {
        aws.failNext("PutParameter", new AwsError("ParameterAlreadyExists", "The parameter already exists."), 1);

        handler.create(properties("finance"));

        assertThat(parameter(LIST).value()).isEqualTo("finance");
    }

    @Test
    void noClusterIsEnabledWhenOneOfItsParametersFails() {
        aws.failNext("PutParameter", new AwsError("AccessDeniedException", "not allowed"), 1);

        assertThatThrownBy(() -> handler.create(properties("finance"))).hasMessageContaining("not allowed");
        assertThatThrownBy(() -> parameter(LIST)).isInstanceOf(ParameterNotFoundException.class);
    }

    @Test
    void manyClustersAreReadInSeveralCalls() throws Exception {
        String[] clusters =
                IntStream.range(0, 30).mapToObj(number -> "cluster-" + number).toArray(String[]::new);

        handler.create(properties(clusters));

        assertThat(parameter(LIST).value().split(",")).containsExactly(clusters);
        assertThat(parameter("redshift_query_logs.cluster-29.user").value()).isEqualTo("tempuser");
    }

    @Test
    void aListThatGrowsTooLongIsSaid() throws Exception {
        put(LIST, ParameterType.STRING_LIST, "x".repeat(4090));

        assertThatThrownBy(() -> handler.create(properties("finance")))
                .hasMessage(LIST + " would have 4098 characters: expected at most 4096, fewer clusters");
    }

    @Test
    void theHandlerMayDoWhatItDoes() throws Exception {
        put(LIST, ParameterType.STRING_LIST, "sales");
        aws.forgetCalls();
        handler.create(properties("finance"));
        List<Call> calls = RecordedCalls.of(aws.calls());
        PolicyEvaluation policies = SynthesizedStack.standard().policiesOf("ParametersRole");

        assertThat(calls).extracting(Call::action).containsOnly("ssm:GetParameters", "ssm:PutParameter", "kms:Encrypt");
        assertThat(policies.refused(calls)).isEmpty();
        assertThat(ServiceReference.refused(policies, calls)).isEmpty();
        assertThat(ServiceReference.refused(policies.without("GrowList"), calls))
                .hasSize(1);
    }

    private Parameter parameter(String name) {
        return ssm.getParameter(request -> request.name(name).withDecryption(true))
                .parameter();
    }

    private void put(String name, ParameterType type, String value) {
        ssm.putParameter(request -> request.name(name).type(type).value(value));
    }

    private static Map<String, Object> properties(String... clusters) {
        List<Map<String, Object>> parameters = new ArrayList<>(List.of(
                Map.of(
                        "Name",
                        PREFIX,
                        "Type",
                        "String",
                        "Value",
                        "s3://lake/lake",
                        "Accepted",
                        List.of("s3://lake/lake", "s3://lake/lake/"),
                        "Remedy",
                        "deploy with that bucket, or"),
                Map.of("Name", ROLE, "Type", "String", "Value", "job", "Accepted", List.of("job")),
                Map.of("Name", "redshift_query_logs.global.interval_minutes", "Type", "String", "Value", "60")));
        for (String cluster : clusters) {
            String prefix = "redshift_query_logs." + cluster;
            parameters.add(Map.of(
                    "Name",
                    prefix + ".password",
                    "Type",
                    "SecureString",
                    "Value",
                    "not-set-yet",
                    "KeyId",
                    KEY,
                    "Cluster",
                    cluster));
            parameters.add(Map.of("Name", prefix + ".user", "Type", "String", "Value", "tempuser", "Cluster", cluster));
        }
        return Map.of("Parameters", parameters, "List", Map.of("Name", LIST, "Clusters", List.of(clusters)));
    }
}
