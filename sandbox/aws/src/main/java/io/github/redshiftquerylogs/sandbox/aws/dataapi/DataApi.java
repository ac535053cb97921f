package io.github.redshiftquerylogs.sandbox.aws.dataapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.redshift.Warehouses;
import io.github.redshiftquerylogs.sandbox.aws.secrets.SecretsManager;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.DaemonThreads;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import io.github.redshiftquerylogs.sandbox.aws.wire.Page;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The Redshift Data API. Statements run in the background, each in a session of its own, on the stand-in that is registered
 * for the cluster or workgroup.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html">Data API</a>
 */
public final class DataApi implements AutoCloseable {

    /** The time within which the same token identifies the same statement. */
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(8);
    /** The time for which a statement and its result are kept. */
    private static final Duration RETENTION = Duration.ofHours(24);

    private static final int MOST_IN_A_BATCH = 40;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Warehouses warehouses;
    private final DataApiLogins logins;
    private final DataApiSettings settings;
    private final Clock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("data-api-"));
    private final Map<String, DataStatement> statements = new ConcurrentHashMap<>();
    private final Map<String, Accepted> tokens = new ConcurrentHashMap<>();
    private final AtomicLong queryIds = new AtomicLong(1_000);

    private record Accepted(ObjectNode request, ObjectNode reply, Instant time) {}

    public DataApi(Warehouses warehouses, SecretsManager secrets, DataApiSettings settings, Clock clock) {
        this.warehouses = warehouses;
        this.logins = new DataApiLogins(secrets);
        this.settings = settings;
        this.clock = clock;
    }

    public Map<String, Operation> operations() {
        return Map.of(
                "ExecuteStatement", Operation.ofCaller(this::execute),
                "BatchExecuteStatement", Operation.ofCaller(this::execute),
                "DescribeStatement", this::describe,
                "GetStatementResult", this::result,
                "CancelStatement", this::cancel,
                "ListStatements", this::list);
    }

    private synchronized JsonNode execute(JsonNode request, String accessKeyId) {
        String token = request.path("ClientToken").asText("");
        ObjectNode parameters = Json.copy(request);
        parameters.remove("ClientToken");
        Instant now = clock.instant();
        tokens.values().removeIf(old -> !now.isBefore(old.time().plus(TOKEN_LIFETIME)));
        Accepted earlier = tokens.get(token);
        if (earlier != null) {
            if (!earlier.request().equals(parameters)) {
                throw invalid("ClientToken " + token + " was used with other parameters before.");
            }
            return earlier.reply();
        }
        ObjectNode reply = submit(parameters, accessKeyId);
        if (!token.isEmpty()) {
            tokens.put(token, new Accepted(parameters, reply, now));
        }
        return reply;
    }

    private ObjectNode submit(ObjectNode request, String accessKeyId) {
        if (request.hasNonNull("SessionId") || request.hasNonNull("SessionKeepAliveSeconds")) {
            throw invalid("The local Data API keeps no sessions.");
        }
        if (request.path("ResultFormat").asText("JSON").equals("CSV")) {
            throw invalid("The local Data API has results as JSON only.");
        }
        List<String> sqls = sqls(request);
        DataApiLogins.Login login = logins.of(request, required(request, "Database"), warehouse(request), accessKeyId);
        DataStatement statement = new DataStatement(
                UUID.randomUUID().toString(),
                queryIds.incrementAndGet(),
                request,
                sqls,
                login.sessions(),
                settings,
                clock);
        statements.put(statement.id(), statement);
        threads.execute(statement);

        ObjectNode reply = Json.object().put("Id", statement.id()).put("DbUser", login.user());
        for (String field : new String[] {"ClusterIdentifier", "WorkgroupName", "Database", "SecretArn"}) {
            if (request.hasNonNull(field)) {
                reply.set(field, request.get(field));
            }
        }
        reply.set("CreatedAt", Json.time(statement.created()));
        return reply;
    }

    /** The statement of a request, or those of a batch. https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html */
    private static List<String> sqls(ObjectNode request) {
        if (!request.has("Sqls")) {
            return List.of(StatementParameters.bind(required(request, "Sql"), request.path("Parameters")));
        }
        List<String> sqls = new ArrayList<>();
        request.get("Sqls").forEach(sql -> sqls.add(sql.asText()));
        if (sqls.isEmpty() || sqls.size() > MOST_IN_A_BATCH) {
            throw invalid("Sqls must have 1 to " + MOST_IN_A_BATCH + " statements.");
        }
        if (request.path("Parameters").size() > 0
                || !request.path("ExecutionMode").asText("TRANSACTION").equals("TRANSACTION")) {
            throw invalid("The local Data API has batches without parameters, in one transaction only.");
        }
        return sqls;
    }

    private EmbeddedRedshift warehouse(JsonNode request) {
        String cluster = request.path("ClusterIdentifier").asText("");
        String workgroup = request.path("WorkgroupName").asText("");
        if (cluster.isEmpty() == workgroup.isEmpty()) {
            throw invalid("Exactly one of ClusterIdentifier and WorkgroupName is required.");
        }
        if (!workgroup.isEmpty()) {
            return warehouses.workgroup(workgroup).orElseThrow(DataApi::noEndpoint);
        }
        Warehouses.Cluster found = warehouses.cluster(cluster).orElseThrow(DataApi::noEndpoint);
        if (!found.status().equals("available")) {
            throw invalid("Cluster " + cluster + " is not available, its status is " + found.status() + ".");
        }
        return found.standIn().orElseThrow(DataApi::noEndpoint);
    }

    private JsonNode describe(JsonNode request) {
        return statement(request).describe();
    }

    private JsonNode result(JsonNode request) {
        String[] id = required(request, "Id").split(":", 2);
        StatementResult result = statement(id[0]).result(id.length == 1 ? 0 : part(id[1]));
        ObjectNode limited = Json.copy(request).put("MaxResults", settings.rowsAPage());
        ObjectNode page = Page.of("Records", result.records(), limited);
        page.set("ColumnMetadata", Json.array(result.columns()));
        page.put("TotalNumRows", result.records().size());
        return page;
    }

    private JsonNode cancel(JsonNode request) {
        try {
            statement(request).cancel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsError("InternalServerException", "the endpoint was closed", 500);
        }
        return Json.object().put("Status", true);
    }

    private JsonNode list(JsonNode request) {
        forgetOld();
        List<ObjectNode> found = statements.values().stream()
                .filter(statement -> statement.matches(request))
                .sorted(Comparator.comparing(DataStatement::created).reversed())
                .map(DataStatement::summary)
                .toList();
        return Page.of("Statements", found, request);
    }

    /** The number of a statement in its batch; one that no batch has for a malformed text. */
    private static int part(String text) {
        return text.matches("\\d{1,2}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
    }

    private DataStatement statement(JsonNode request) {
        return statement(required(request, "Id"));
    }

    private DataStatement statement(String id) {
        forgetOld();
        DataStatement statement = statements.get(id);
        if (statement == null) {
            throw new AwsError("ResourceNotFoundException", "Query does not exist.");
        }
        return statement;
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(RETENTION);
        statements
                .values()
                .removeIf(statement ->
                        statement.status().isEnd() && statement.created().isBefore(oldest));
    }

    private static AwsError noEndpoint() {
        return invalid("Redshift endpoint doesn't exist in this region.");
    }

    private static String required(JsonNode request, String field) {
        String text = request.path(field).asText("");
        if (text.isEmpty()) {
            throw invalid(field + " is required.");
        }
        return text;
    }

    static AwsError invalid(String message) {
        return new AwsError("ValidationException", message);
    }

    /** Cancels the running statements. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            for (DataStatement statement : statements.values()) {
                statement.cancelIfGoing();
            }
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
