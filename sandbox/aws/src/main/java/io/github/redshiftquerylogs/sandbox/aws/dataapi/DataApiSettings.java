package io.github.redshiftquerylogs.sandbox.aws.dataapi;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Limits of the local Data API, and what tests order to happen to its next statements. Thread-safe. */
public final class DataApiSettings {

    /** https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html. */
    private static final long RESULT_BYTES = 500_000_000;

    private static final int ROWS_A_PAGE = 1_000;

    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private volatile long resultBytes = RESULT_BYTES;
    private volatile int rowsAPage = ROWS_A_PAGE;

    public DataApiSettings() {}

    /** What happens to a statement in place of being run. */
    enum Kind {
        HANGS,
        FAILS,
        IS_ABORTED
    }

    record Fault(Kind kind, String error) {}

    /** The next statement stays STARTED until it is cancelled. */
    public void hangNext() {
        faults.add(new Fault(Kind.HANGS, ""));
    }

    /** The next statement ends as FAILED, without being run. */
    public void failNext(String error) {
        faults.add(new Fault(Kind.FAILS, error));
    }

    /** The next statement ends as ABORTED, without being run, as if someone else had cancelled it. */
    public void abortNext() {
        faults.add(new Fault(Kind.IS_ABORTED, ""));
    }

    /** A statement with a larger result fails; 500 MB by default. */
    public void limitResultsTo(long bytes) {
        resultBytes = bytes;
    }

    /** How many rows a call of {@code GetStatementResult} returns; 1,000 by default. */
    public void setRowsAPage(int rows) {
        rowsAPage = rows;
    }

    Optional<Fault> nextFault() {
        return Optional.ofNullable(faults.poll());
    }

    long resultBytes() {
        return resultBytes;
    }

    int rowsAPage() {
        return rowsAPage;
    }
}
