package io.github.redshiftquerylogs.sandbox.aws.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import io.github.redshiftquerylogs.sandbox.aws.wire.Page;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Definitions of Glue jobs. */
public final class JobOperations {

    private static final String NAME = "Name";

    private final Clock clock;
    private final TagOperations tags;
    private final Map<String, ObjectNode> jobs = new TreeMap<>();

    public JobOperations(Clock clock, TagOperations tags) {
        this.clock = clock;
        this.tags = tags;
    }

    public Map<String, Operation> operations() {
        return Map.of(
                "CreateJob", this::create,
                "GetJob", this::get,
                "GetJobs", this::getAll,
                "UpdateJob", this::update,
                "DeleteJob", this::delete);
    }

    /** @throws AwsError EntityNotFoundException if there is none */
    synchronized ObjectNode definition(String name) {
        ObjectNode job = jobs.get(name);
        if (job == null) {
            throw new AwsError("EntityNotFoundException", "Job " + name + " not found.");
        }
        return job.deepCopy();
    }

    private synchronized JsonNode create(JsonNode request) {
        String name = Json.text(request, NAME);
        if (jobs.containsKey(name)) {
            throw new AwsError("AlreadyExistsException", "Job with name: " + name + " already exists.");
        }
        ObjectNode job = withDefaults(Json.copy(request));
        job.remove("Tags");
        job.set("CreatedOn", Json.time(clock.instant()));
        jobs.put(name, modified(job));
        if (request.has("Tags")) {
            tags.add(TagOperations.jobArn(name), request.path("Tags"));
        }
        return Json.object().put(NAME, name);
    }

    private JsonNode get(JsonNode request) {
        return Json.object().set("Job", definition(Json.text(request, "JobName")));
    }

    private synchronized JsonNode getAll(JsonNode request) {
        return Page.of("Jobs", List.copyOf(jobs.values()), request);
    }

    /** Replaces the whole definition, as on AWS. */
    private synchronized JsonNode update(JsonNode request) {
        String name = Json.text(request, "JobName");
        ObjectNode old = definition(name);
        ObjectNode job = withDefaults(Json.copy(request.path("JobUpdate")));
        job.put(NAME, name);
        job.set("CreatedOn", old.get("CreatedOn"));
        jobs.put(name, modified(job));
        return Json.object().put("JobName", name);
    }

    /** Deleting a job that does not exist is not an error, as on AWS. */
    private synchronized JsonNode delete(JsonNode request) {
        String name = Json.text(request, "JobName");
        jobs.remove(name);
        tags.removeAll(TagOperations.jobArn(name));
        return Json.object().put("JobName", name);
    }

    private static ObjectNode withDefaults(ObjectNode job) {
        Json.text(job, "Role");
        Json.text(job.path("Command"), NAME);
        putIfAbsent(job, "GlueVersion", Json.MAPPER.getNodeFactory().textNode("5.1"));
        putIfAbsent(job, "Timeout", Json.MAPPER.getNodeFactory().numberNode(480));
        putIfAbsent(job, "MaxRetries", Json.MAPPER.getNodeFactory().numberNode(0));
        putIfAbsent(job, "ExecutionProperty", Json.object().put("MaxConcurrentRuns", 1));
        return job;
    }

    private static void putIfAbsent(ObjectNode job, String field, JsonNode value) {
        if (!job.hasNonNull(field)) {
            job.set(field, value);
        }
    }

    private ObjectNode modified(ObjectNode job) {
        return job.set("LastModifiedOn", Json.time(clock.instant()));
    }
}
