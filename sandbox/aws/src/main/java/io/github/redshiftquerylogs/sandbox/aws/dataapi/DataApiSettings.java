package io.github.redshiftquerylogs.sandbox.aws.dataapi;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Limits of the local Data API, and faults that tests inject into its next statements. Thread-safe. */
public final class DataApiSettings {

    /** https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html. */
    private static final long RESULT_BYTES = 500_000_000;

    private static final int ROWS_A_PAGE = 1_000;

    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private volatile long resultBytes = RESULT_BYTES;
    private volatile int rowsAPage = ROWS_A_PAGE;

    public DataApiSettings() {}

    /** The outcome of a statement that is not executed. */
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

    /** The next statement ends as FAILED and is not executed. */
    public void failNext(String error) {
        faults.add(new Fault(Kind.FAILS, error));
    }

    /** The next statement ends as ABORTED and is not executed, as if it had been cancelled. */
    public void abortNext() {
        faults.add(new Fault(Kind.IS_ABORTED, ""));
    }

    /** Sets the greatest size of a result, above which a statement fails; 500 MB by default. */
    public void limitResultsTo(long bytes) {
        resultBytes = bytes;
    }

    /** Sets the number of rows that a call of {@code GetStatementResult} returns; 1,000 by default. */
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
