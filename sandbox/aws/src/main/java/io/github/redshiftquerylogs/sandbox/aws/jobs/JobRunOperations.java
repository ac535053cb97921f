package io.github.redshiftquerylogs.sandbox.aws.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.DaemonThreads;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import io.github.redshiftquerylogs.sandbox.aws.wire.Page;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs of Glue jobs. StartJobRun returns at once; the run starts and ends in the background. */
public final class JobRunOperations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunOperations.class);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final String JOB_NAME = "JobName";

    private final JobOperations jobs;
    private final Clock clock;
    private final Duration timeoutMinute;
    private final ExecutorService starters = Executors.newCachedThreadPool(DaemonThreads.named("job-run-"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("job-timeout-"));
    private final Map<String, List<GlueJobRun>> runsOfJob = new HashMap<>();
    private volatile JobRunner runner;

    public JobRunOperations(JobOperations jobs, JobRunner runner, Clock clock, Duration timeoutMinute) {
        this.jobs = jobs;
        this.runner = runner;
        this.clock = clock;
        this.timeoutMinute = timeoutMinute;
    }

    public Map<String, Operation> operations() {
        return Map.of(
                "StartJobRun", this::start,
                "GetJobRun", this::get,
                "GetJobRuns", this::getAll,
                "BatchStopJobRun", this::stop);
    }

    public void runJobsWith(JobRunner other) {
        runner = other;
    }

    private JsonNode start(JsonNode call) {
        ObjectNode job = jobs.definition(Json.text(call, JOB_NAME));
        JobRunRequest request = requestOf(job, call);
        GlueJobRun run = new GlueJobRun(request, details(job, call), clock);
        admit(run, job.path("ExecutionProperty").path("MaxConcurrentRuns").asInt(1));
        starters.execute(() -> begin(run));
        return Json.object().put("JobRunId", request.runId());
    }

    /** Counts and adds in one step, so that concurrent calls cannot exceed the limit. */
    private synchronized void admit(GlueJobRun run, int maxConcurrentRuns) {
        String job = run.request().jobName();
        List<GlueJobRun> runs = runsOfJob.computeIfAbsent(job, name -> new ArrayList<>());
        if (runs.stream().filter(other -> !other.ended()).count() >= maxConcurrentRuns) {
            throw new AwsError("ConcurrentRunsExceededException", "Concurrent runs exceeded for " + job);
        }
        runs.add(run);
    }

    private void begin(GlueJobRun run) {
        JobRunRequest request = run.request();
        ScheduledFuture<?> timeout = timer.schedule(
                () -> run.interrupt(GlueJobRun.State.TIMEOUT, "The job run exceeded its timeout."),
                timeoutMinute.multipliedBy(request.timeout().toMinutes()).toMillis(),
                TimeUnit.MILLISECONDS);
        JobOutcome outcome;
        try {
            JobRun started = runner.start(request);
            run.running(started);
            outcome = started.outcome().join();
        } catch (RuntimeException e) {
            LOG.warn("run {} of {} could not be started", request.runId(), request.jobName(), e);
            outcome = JobOutcome.failed(String.valueOf(e.getMessage()));
        }
        timeout.cancel(false);
        run.ended(outcome);
    }

    private static JobRunRequest requestOf(ObjectNode job, JsonNode call) {
        Map<String, String> arguments = new LinkedHashMap<>();
        addAll(arguments, job.path("DefaultArguments"));
        addAll(arguments, call.path("Arguments"));
        addAll(arguments, job.path("NonOverridableArguments"));
        return new JobRunRequest(
                job.path("Name").asText(),
                "jr_" + UUID.randomUUID().toString().replace("-", ""),
                job.path("Command").path("Name").asText(),
                job.path("Command").path("ScriptLocation").asText(""),
                arguments,
                Json.strings(job.path("Connections").path("Connections")),
                Duration.ofMinutes(
                        call.path("Timeout").asInt(job.path("Timeout").asInt())));
    }

    private static void addAll(Map<String, String> arguments, JsonNode added) {
        added.properties()
                .forEach(entry -> arguments.put(entry.getKey(), entry.getValue().asText()));
    }

    private static ObjectNode details(ObjectNode job, JsonNode call) {
        ObjectNode details = Json.object();
        for (String field : List.of("GlueVersion", "WorkerType", "NumberOfWorkers", "ExecutionClass")) {
            JsonNode value = call.has(field) ? call.path(field) : job.path(field);
            if (!value.isMissingNode()) {
                details.set(field, value);
            }
        }
        return details.set("Arguments", call.has("Arguments") ? call.path("Arguments") : Json.object());
    }

    private JsonNode get(JsonNode call) {
        return Json.object()
                .set("JobRun", existing(call, Json.text(call, "RunId")).render());
    }

    private JsonNode getAll(JsonNode call) {
        List<JsonNode> newestFirst =
                new ArrayList<>(runsOf(call).stream().map(GlueJobRun::render).toList());
        Collections.reverse(newestFirst);
        return Page.of("JobRuns", newestFirst, call);
    }

    private JsonNode stop(JsonNode call) {
        ArrayNode stopped = Json.MAPPER.createArrayNode();
        ArrayNode refused = Json.MAPPER.createArrayNode();
        String job = Json.text(call, JOB_NAME);
        for (String id : Json.strings(call.path("JobRunIds"))) {
            ObjectNode entry = Json.object().put(JOB_NAME, job).put("JobRunId", id);
            Optional<GlueJobRun> run = find(call, id);
            if (run.isPresent() && !run.get().ended()) {
                run.get().interrupt(GlueJobRun.State.STOPPED, "");
                stopped.add(entry);
            } else {
                String code = run.isPresent() ? "InvalidInputException" : "EntityNotFoundException";
                refused.add(entry.set(
                        "ErrorDetail", Json.object().put("ErrorCode", code).put("ErrorMessage", id)));
            }
        }
        ObjectNode reply = Json.object();
        reply.set("SuccessfulSubmissions", stopped);
        return reply.set("Errors", refused);
    }

    private GlueJobRun existing(JsonNode call, String id) {
        return find(call, id)
                .orElseThrow(() -> new AwsError("EntityNotFoundException", "Job run " + id + " not found"));
    }

    private Optional<GlueJobRun> find(JsonNode call, String id) {
        return runsOf(call).stream()
                .filter(run -> run.request().runId().equals(id))
                .findFirst();
    }

    private List<GlueJobRun> runsOf(JsonNode call) {
        String job = jobs.definition(Json.text(call, JOB_NAME)).path("Name").asText();
        synchronized (this) {
            return List.copyOf(runsOfJob.getOrDefault(job, List.of()));
        }
    }

    /** Stops all runs and waits for their end, up to 20 seconds. */
    @Override
    public void close() {
        List<GlueJobRun> all;
        synchronized (this) {
            all = runsOfJob.values().stream().flatMap(List::stream).toList();
        }
        all.forEach(run -> run.interrupt(GlueJobRun.State.STOPPED, ""));
        starters.shutdown();
        long deadline = System.nanoTime() + GRACE.toNanos();
        try {
            while (!all.stream().allMatch(GlueJobRun::ended) && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }
}
