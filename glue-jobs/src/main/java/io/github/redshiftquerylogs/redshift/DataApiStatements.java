package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.redshiftdata.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;
import software.amazon.awssdk.services.redshiftdata.model.SubStatementData;

/**
 * Runs statements through the Data API: submits each one, polls until it has ended, and reads its result page by page. Polling
 * starts with short pauses that become longer.
 *
 * <p>Each statement is the last one of a batch, which runs in one session and one transaction. Those before it set the
 * time zone, what ends the statement at the database if this run dies, and by what the cluster's logs and queues recognise it.
 */
final class DataApiStatements implements Statements {

    private static final Logger LOG = LoggerFactory.getLogger(DataApiStatements.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    private static final int SERVER_ERROR = 500;

    private final DataApiSource source;
    private final RedshiftDataClient client;
    private final String purpose;
    private final ErrorHint.Asker asker;
    private int ordinal;

    DataApiStatements(DataApiSource source, RedshiftDataClient client, String purpose) {
        this.source = source;
        this.client = client;
        this.purpose = purpose;
        this.asker = new ErrorHint.Asker(source.userName(), ErrorHint.Access.DATA_API, source.remedy());
    }

    @Override
    public String location() {
        return source.toString();
    }

    @Override
    public String user() {
        return source.userName();
    }

    @Override
    public Remedy remedy() {
        return asker.remedy();
    }

    @Override
    public <T> T query(String sql, Function<SourceRows, T> reader) {
        SubStatementData statement = run(sql);
        String id = statement.id();
        return reader.apply(new DataApiRows(
                page -> called(
                        "read the result of",
                        new Deadline(source.statementTimeout()),
                        () -> client.getStatementResult(get -> get.id(id).nextToken(page))),
                statement.resultRows()));
    }

    @Override
    public void execute(String sql) {
        run(sql);
    }

    private SubStatementData run(String sql) {
        ordinal++;
        BatchExecuteStatementRequest.Builder request = BatchExecuteStatementRequest.builder()
                .sqls(
                        "SET timezone TO 'UTC'",
                        "SET statement_timeout TO " + source.statementTimeout().toMillis(),
                        "SET query_group TO '" + StatementName.QUERY_GROUP + "'",
                        sql)
                .statementName(source.name().text())
                .clientToken(ClientToken.of(source.name().text(), purpose, ordinal, sql));
        source.address(request);
        Deadline deadline = new Deadline(source.statementTimeout());
        String id = called("hand a statement to", deadline, () -> client.batchExecuteStatement(request.build()))
                .id();
        while (true) {
            DescribeStatementResponse now = describe(id);
            if (now.status() == StatusString.FINISHED) {
                return last(now);
            }
            if (now.status() == StatusString.FAILED || now.status() == StatusString.ABORTED) {
                throw ended(now);
            }
            if (!deadline.pause()) {
                throw cancel(id, now.statusAsString());
            }
        }
    }

    private SubStatementData last(DescribeStatementResponse batch) {
        if (batch.subStatements().isEmpty()) {
            throw SourceException.of(
                    FailureCategory.SOURCE,
                    "a batch at " + source + " finished without statements: expected those that were handed over");
        }
        return batch.subStatements().get(batch.subStatements().size() - 1);
    }

    /** The database's own error, which the batch's error may repeat with an addition. */
    private static @Nullable String error(DescribeStatementResponse batch) {
        return batch.subStatements().stream()
                .map(SubStatementData::error)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(batch.error());
    }

    private DescribeStatementResponse describe(String id) {
        try {
            return called(
                    "ask for a statement at",
                    new Deadline(source.statementTimeout()),
                    () -> client.describeStatement(describe -> describe.id(id)));
        } catch (SourceException e) {
            // cancelling may work although describing did not; an abandoned statement would only cost
            cancelled(id);
            throw e;
        }
    }

    private SourceException ended(DescribeStatementResponse statement) {
        String error = error(statement);
        if (statement.status() == StatusString.ABORTED) {
            return SourceException.of(
                    FailureCategory.SOURCE,
                    "a statement at " + source + " was aborted"
                            + (error == null ? "" : ": " + error)
                            + ": expected that no user and no query monitoring rule cancels it, and that no other run of"
                            + " this cluster begins meanwhile");
        }
        String text = error == null ? "no reason given" : error;
        String tooLarge = DataApiFailure.ofSize(text);
        return tooLarge.isEmpty()
                ? SourceErrors.ofStatement(
                        "query refused by " + source,
                        text,
                        DataApiFailure.stateOf(text).orElse(null),
                        asker)
                : SourceException.of(
                        FailureCategory.SOURCE, "a statement at " + source + " failed: " + text + tooLarge);
    }

    private SourceException cancel(String id, String status) {
        return SourceException.of(
                FailureCategory.SOURCE,
                "a statement at " + source + " was still " + status + " after "
                        + source.statementTimeout().toSeconds() + " s; " + cancelled(id)
                        + ": expected one that ends within half of the run's budget (--budget_minutes)");
    }

    private String cancelled(String id) {
        try {
            client.cancelStatement(cancel -> cancel.id(id));
            return "it was cancelled";
        } catch (SdkException e) {
            return "it could not be cancelled: " + e.getMessage();
        }
    }

    private <T> T called(String doing, Deadline deadline, Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (AwsServiceException e) {
                if (!mayPass(e) || !deadline.pause()) {
                    throw refused(doing, e);
                }
                LOG.warn("cannot {} {}, trying again: {}", doing, source, e.getMessage());
            } catch (SdkException e) {
                throw refused(doing, e);
            }
        }
    }

    private SourceException refused(String doing, SdkException cause) {
        AwsServiceException service = cause instanceof AwsServiceException e ? e : null;
        String code = service == null ? "" : code(service);
        String said = service == null || service.awsErrorDetails() == null
                ? String.valueOf(cause.getMessage())
                : code + ": " + service.awsErrorDetails().errorMessage();
        return SourceException.of(
                service == null ? FailureCategory.NETWORK : DataApiFailure.category(code),
                "cannot " + doing + " " + source + " as " + user() + ": " + said
                        + (service == null
                                ? ": expected a way to the Data API: its endpoint, route and security group, if the job runs in"
                                        + " a VPC"
                                : DataApiFailure.hint(code)));
    }

    /** Whether to repeat a request. An answer that is not the service's own, such as a proxy's, has no error code. */
    private static boolean mayPass(AwsServiceException e) {
        return e.statusCode() >= SERVER_ERROR || DataApiFailure.mayPass(code(e));
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? ""
                : Objects.requireNonNullElse(e.awsErrorDetails().errorCode(), "");
    }

    @Override
    public void close() {
        client.close();
    }

    /** Pauses of increasing length, until a timeout. */
    private static final class Deadline {
        private final long end;
        private Duration pause = FIRST_PAUSE;

        Deadline(Duration timeout) {
            this.end = System.nanoTime() + timeout.toNanos();
        }

        boolean pause() {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            pause = pause.compareTo(LONGEST_PAUSE) > 0
                    ? pause
                    : pause.multipliedBy(3).dividedBy(2);
            return true;
        }
    }
}
