package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SourceException;
import java.util.function.Function;

/**
 * Runs SQL at a cluster, one statement at a time. After a {@linkplain SourceException#isRefusal refusal} the next
 * statement may work.
 */
interface Statements extends AutoCloseable {

    /** Where, for messages; no secret is in it. */
    String location();

    /** Who asks, for messages. */
    String user();

    /**
     * Runs a query. Whoever gets to the end of its rows has had all of them.
     *
     * @throws SourceException if the cluster refuses it, or does not give all rows
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
