package io.github.redshiftquerylogs.sandbox.aws.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.sandbox.aws.TestingEndpoint;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.WorkerType;

class JobOperationsTest {

    private static final String ARN = "arn:aws:glue:eu-central-1:000000000000:job/a";

    @AutoClose
    private final TestingEndpoint aws = new TestingEndpoint();

    @Test
    void aJobIsReadAsItWasDefined() {
        aws.glue.createJob(definition("a")
                .workerType(WorkerType.G_1_X)
                .numberOfWorkers(2)
                .defaultArguments(Map.of("--conf", "x=1 --conf y=2"))
                .connections(connections -> connections.connections("warehouse"))
                .timeout(30)
                .build());

        Job job = aws.glue.getJob(get -> get.jobName("a")).job();

        assertThat(job.role()).isEqualTo("GlueRole");
        assertThat(job.command().scriptLocation()).isEqualTo("s3://b/job.scala");
        assertThat(job.workerType()).isEqualTo(WorkerType.G_1_X);
        assertThat(job.defaultArguments()).containsEntry("--conf", "x=1 --conf y=2");
        assertThat(job.connections().connections()).containsExactly("warehouse");
        assertThat(job.timeout()).isEqualTo(30);
        assertThat(job.executionProperty().maxConcurrentRuns()).isEqualTo(1);
        assertThat(job.createdOn()).isNotNull();
    }

    @Test
    void anUnknownJobIsNotFound() {
        assertThatExceptionOfType(EntityNotFoundException.class)
                .isThrownBy(() -> aws.glue.getJob(get -> get.jobName("a")))
                .withMessageContaining("a not found");
        assertThatExceptionOfType(EntityNotFoundException.class)
                .isThrownBy(() -> aws.glue.updateJob(update -> update.jobName("a")
                        .jobUpdate(job -> job.role("r").command(command -> command.name("glueetl")))));
    }

    @Test
    void aNameIsTakenOnce() {
        aws.glue.createJob(definition("a").build());

        assertThatExceptionOfType(AlreadyExistsException.class)
                .isThrownBy(
                        () -> aws.glue.createJob(definition("a").role("Other").build()));
        assertThat(aws.glue.getJob(get -> get.jobName("a")).job().role()).isEqualTo("GlueRole");
    }

    @Test
    void anIncompleteDefinitionIsRefused() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> aws.glue.createJob(create -> create.name("a")))
                .withMessageContaining("Role");
    }

    @Test
    void anUpdateTakesThePlaceOfTheWholeDefinition() {
        aws.glue.createJob(definition("a").timeout(30).description("old").build());

        aws.glue.updateJob(update ->
                update.jobName("a").jobUpdate(job -> job.role("New").command(command -> command.name("glueetl"))));

        Job job = aws.glue.getJob(get -> get.jobName("a")).job();
        assertThat(job.role()).isEqualTo("New");
        assertThat(job.description()).isNull();
        assertThat(job.timeout()).isEqualTo(480);
    }

    @Test
    void deletingAJobThatIsNotThereIsNoError() {
        aws.glue.createJob(definition("a").build());

        assertThat(aws.glue.deleteJob(delete -> delete.jobName("a")).jobName()).isEqualTo("a");
        assertThat(aws.glue.deleteJob(delete -> delete.jobName("a")).jobName()).isEqualTo("a");
        assertThat(aws.glue.getJobs(get -> {}).jobs()).isEmpty();
    }

    @Test
    void jobsAreListedPageByPage() {
        for (String name : new String[] {"c", "a", "b"}) {
            aws.glue.createJob(definition(name).build());
        }

        assertThat(aws.glue.getJobsPaginator(get -> get.maxResults(2)).stream().flatMap(page -> page.jobs().stream()))
                .extracting(Job::name)
                .containsExactly("a", "b", "c");
    }

    @Test
    void tagsAreKept() {
        aws.glue.createJob(
                definition("a").tags(Map.of("project", "logs", "cluster", "a")).build());

        aws.glue.tagResource(tag -> tag.resourceArn(ARN).tagsToAdd(Map.of("project", "other")));
        aws.glue.untagResource(untag -> untag.resourceArn(ARN).tagsToRemove("cluster"));

        assertThat(aws.glue.getTags(get -> get.resourceArn(ARN)).tags()).isEqualTo(Map.of("project", "other"));
        aws.glue.deleteJob(delete -> delete.jobName("a"));
        assertThat(aws.glue.getTags(get -> get.resourceArn(ARN)).tags()).isEmpty();
    }

    private static CreateJobRequest.Builder definition(String name) {
        return CreateJobRequest.builder()
                .name(name)
                .role("GlueRole")
                .command(command -> command.name("glueetl").scriptLocation("s3://b/job.scala"));
    }
}
