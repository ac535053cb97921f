package io.github.redshiftquerylogs.sandbox.aws.dataapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.redshift.DatabaseSession;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement of the Data API, or a batch of them in one transaction, from SUBMITTED to its end. One thread runs it, other
 * threads read and cancel it.
 */
final class DataStatement implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DataStatement.class);
    private static final Duration BETWEEN_CANCELS = Duration.ofMillis(50);

    /** https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_DescribeStatement.html. */
    enum Status {
        SUBMITTED,
        PICKED,
        STARTED,
        FINISHED,
        ABORTED,
        FAILED;

        boolean isEnd() {
            return this == FINISHED || this == ABORTED || this == FAILED;
        }
    }

    /** Opens the session that a statement runs in. */
    @FunctionalInterface
    interface Sessions {
        DatabaseSession open() throws SQLException;
    }

    private final String id;
    private final long queryId;
    private final ObjectNode request;
    private final List<SubStatement> parts;
    private final Sessions sessions;
    private final DataApiSettings settings;
    private final Clock clock;
    private final Instant created;

    private Status status = Status.SUBMITTED;
    private Instant updated;
    private @Nullable Instant started;
    private @Nullable DatabaseSession session;
    private @Nullable String error;
    private boolean cancelled;
    private int processId;

    DataStatement(
            String id,
            long queryId,
            ObjectNode request,
            List<String> sqls,
            Sessions sessions,
            DataApiSettings settings,
            Clock clock) {
        this.id = id;
        this.queryId = queryId;
        this.request = request;
        this.parts = IntStream.range(0, sqls.size())
                .mapToObj(i -> new SubStatement(id + ":" + (i + 1), sqls.get(i)))
                .toList();
        this.sessions = sessions;
        this.settings = settings;
        this.clock = clock;
        this.created = clock.instant();
        this.updated = created;
    }

    @Override
    public void run() {
        try {
            move(Status.PICKED);
            Optional<DataApiSettings.Fault> fault = settings.nextFault();
            if (fault.isPresent()) {
                suffer(fault.get());
            } else {
                execute();
            }
        } catch (SQLException e) {
            end(isCancelled() ? Status.ABORTED : Status.FAILED, DatabaseSession.textOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(Status.ABORTED, "the endpoint was closed");
        } catch (RuntimeException e) {
            LOG.error("statement {} broke", id, e);
            end(Status.FAILED, e.toString());
        }
    }

    private void execute() throws SQLException {
        try (DatabaseSession opened = sessions.open()) {
            if (!starts(opened)) {
                end(Status.ABORTED, null);
                return;
            }
            for (SubStatement part : parts) {
                part.run(opened, settings.resultBytes());
            }
            opened.commit();
            end(Status.FINISHED, null);
        }
    }

    private void suffer(DataApiSettings.Fault fault) throws InterruptedException {
        switch (fault.kind()) {
            case FAILS -> end(Status.FAILED, fault.error());
            case IS_ABORTED -> end(Status.ABORTED, null);
            case HANGS -> {
                move(Status.STARTED);
                awaitCancel();
                end(Status.ABORTED, null);
            }
        }
    }

    private synchronized boolean starts(DatabaseSession opened) throws SQLException {
        if (cancelled) {
            return false;
        }
        processId = opened.processId();
        session = opened;
        move(Status.STARTED);
        return true;
    }

    private synchronized void awaitCancel() throws InterruptedException {
        while (!cancelled) {
            wait();
        }
    }

    private synchronized void move(Status next) {
        status = next;
        updated = clock.instant();
        if (next == Status.STARTED) {
            started = updated;
        }
    }

    private synchronized void end(Status how, @Nullable String text) {
        error = text;
        session = null;
        parts.forEach(SubStatement::abort);
        move(how);
        notifyAll();
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Cancels the statement; returns when it has ended.
     *
     * @throws AwsError if it has ended before
     */
    void cancel() throws InterruptedException {
        synchronized (this) {
            if (status.isEnd()) {
                throw new AwsError(
                        "ValidationException",
                        "Could not cancel a query that is already in " + status + " state with ID: " + id + ".");
            }
            cancelIfGoing();
        }
    }

    /** Cancels the statement unless it has ended. Repeated, because a session that is not running yet ignores it. */
    synchronized void cancelIfGoing() throws InterruptedException {
        cancelled = true;
        notifyAll();
        while (!status.isEnd()) {
            if (session != null) {
                try {
                    session.cancel();
                } catch (SQLException e) {
                    LOG.debug("cannot cancel {}", id, e);
                }
            }
            wait(BETWEEN_CANCELS.toMillis());
        }
    }

    String id() {
        return id;
    }

    Instant created() {
        return created;
    }

    synchronized Status status() {
        return status;
    }

    /**
     * The result of the statement, or of one of a batch.
     *
     * @param part the number of the statement in its batch, from 1; 0 for a statement alone
     * @throws AwsError ResourceNotFoundException if there is no result, or not yet
     */
    synchronized StatementResult result(int part) {
        boolean exists = isBatch() ? part > 0 && part <= parts.size() : part == 0;
        if (!exists || status != Status.FINISHED) {
            throw noResult();
        }
        return parts.get(Math.max(part - 1, 0)).result().orElseThrow(DataStatement::noResult);
    }

    private static AwsError noResult() {
        return new AwsError(
                "ResourceNotFoundException",
                "Query does not have result. Please check query status with DescribeStatement.");
    }

    private boolean isBatch() {
        return request.has("Sqls");
    }

    synchronized ObjectNode describe() {
        ObjectNode document = summary();
        for (String field : new String[] {"ClusterIdentifier", "WorkgroupName", "Database", "DbUser"}) {
            if (request.hasNonNull(field)) {
                document.set(field, request.get(field));
            }
        }
        if (request.hasNonNull("Parameters")) {
            document.set("QueryParameters", request.get("Parameters"));
        }
        document.put(
                        "Duration",
                        started == null ? 0 : Duration.between(started, updated).toNanos())
                .put("RedshiftPid", processId)
                .put("RedshiftQueryId", started == null ? 0 : queryId);
        parts.get(parts.size() - 1).describeResult(document);
        if (isBatch()) {
            document.set(
                    "SubStatements",
                    Json.array(parts.stream().map(SubStatement::describe).toList()));
        }
        if (error != null) {
            document.put("Error", error);
        }
        return document;
    }

    /** The entry of {@code ListStatements}. */
    synchronized ObjectNode summary() {
        ObjectNode document = Json.object()
                .put("Id", id)
                .put("Status", status.name())
                .put("ResultFormat", "JSON")
                .put("IsBatchStatement", isBatch());
        if (isBatch()) {
            document.set("QueryStrings", request.get("Sqls"));
        } else {
            document.set("QueryString", request.get("Sql"));
        }
        for (String field : new String[] {"StatementName", "SecretArn"}) {
            if (request.hasNonNull(field)) {
                document.set(field, request.get(field));
            }
        }
        document.set("CreatedAt", Json.time(created));
        document.set("UpdatedAt", Json.time(updated));
        return document;
    }

    /** Whether a request {@code ListStatements} selects this statement. */
    boolean matches(JsonNode list) {
        String wanted = list.path("Status").asText("ALL");
        for (String field : new String[] {"ClusterIdentifier", "WorkgroupName", "Database"}) {
            if (list.hasNonNull(field) && !list.get(field).equals(request.get(field))) {
                return false;
            }
        }
        return request.path("StatementName")
                        .asText("")
                        .startsWith(list.path("StatementName").asText(""))
                && (wanted.equals("ALL") || wanted.equals(status().name()));
    }
}
