package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SourceException;
import java.util.function.Function;

/**
 * Runs SQL at a cluster, one statement at a time. After a {@linkplain SourceException#isRefusal refusal} the next
 * statement may succeed.
 */
interface Statements extends AutoCloseable {

    /** The address, for messages; contains no secret. */
    String location();

    /** The user, for messages. */
    String user();

    /** What gives this user access to the logs of all users. */
    Remedy remedy();

    /**
     * Runs a query. If the iteration ends normally, every row was delivered.
     *
     * @throws SourceException if the cluster refuses the query, or rows are missing
     */
    <T> T query(String sql, Function<SourceRows, T> reader);

    /**
     * Runs a statement without rows.
     *
     * @throws SourceException if the cluster refuses it
     */
    void execute(String sql);

    @Override
    void close();
}
