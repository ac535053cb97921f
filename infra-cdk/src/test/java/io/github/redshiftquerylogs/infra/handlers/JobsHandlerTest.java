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
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Job;

@NeedsNode
class JobsHandlerTest {

    private static final Map<String, Object> OURS = Map.of("StateTable", "state-1");

    @AutoClose
    private final LocalAwsEndpoint aws = LocalAwsEndpoint.start(request -> {
        throw new UnsupportedOperationException("no job is started here");
    });

    @AutoClose
    private final GlueClient glue = GlueClient.builder()
            .endpointOverride(aws.uri())
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    private Handler handler;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        handler = new Handler("jobs", aws.uri());
        job("finance_extract_rs_query_logs", Map.of("--state_table", "state-1"));
        job("sales_extract_rs_query_logs", Map.of("--state_table", "state-1"));
        job("old_extract_rs_query_logs", Map.of("--state_table", "state-of-another-deployment"));
        job("nightly", Map.of());
    }

    @Test
    void deletionDeletesOnlyTheJobsOfThisDeployment() throws Exception {
        handler.invoke("Delete", OURS, 60);

        assertThat(glue.getJobs(request -> {}).jobs())
                .extracting(Job::name)
                .containsExactlyInAnyOrder("old_extract_rs_query_logs", "nightly");
    }

    @Test
    void theHandlerMayDoWhatItDoes() throws Exception {
        aws.forgetCalls();
        handler.invoke("Delete", OURS, 60);
        List<Call> calls = RecordedCalls.of(aws.calls());
        PolicyEvaluation policies = SynthesizedStack.standard().policiesOf("JobRemovalRole");

        assertThat(calls).extracting(Call::action).containsOnly("glue:GetJobs", "glue:DeleteJob");
        assertThat(policies.refused(calls)).isEmpty();
        assertThat(ServiceReference.refused(policies, calls)).isEmpty();
        assertThat(ServiceReference.refused(policies.without("FindJobs"), calls))
                .containsExactly("glue:GetJobs on *: ImplicitlyDenied");
    }

    @Test
    void creationAndUpdateDeleteNothing() throws Exception {
        handler.create(OURS);
        handler.invoke("Update", OURS, 60);

        assertThat(glue.getJobs(request -> {}).jobs()).hasSize(4);
    }

    @Test
    void withoutATableNothingIsDeleted() {
        assertThatThrownBy(() -> handler.invoke("Delete", Map.of(), 60))
                .hasMessage("StateTable = (missing): expected the state table of this deployment; no job was deleted");
        assertThat(glue.getJobs(request -> {}).jobs()).hasSize(4);
    }

    private void job(String name, Map<String, String> arguments) {
        glue.createJob(request -> request.name(name)
                .role("role")
                .command(command -> command.name("glueetl").scriptLocation("s3://a/b.scala"))
                .defaultArguments(arguments));
    }
}
