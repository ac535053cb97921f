package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import java.io.Serial;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A source at which a run has only so many statements at a time, over all its threads and tasks; further ones wait in the
 * order in which they came. The login of a session counts as part of its first statement; a session between two statements
 * does not count.
 */
public final class LimitedSource implements Source {

    private static final long serialVersionUID = 1;

    private final Source source;
    /** Other processes have no count of their own; see {@link #whileReading}. */
    private final transient Semaphore free;

    /** @param statements how many statements at a time, at least 1 */
    public LimitedSource(Source source, int statements) {
        this(source, new Semaphore(statements, true));
    }

    private LimitedSource(Source source, Semaphore free) {
        this.source = source;
        this.free = free;
    }

    /** Statements in all databases count together. */
    @Override
    public Source inDatabase(String database) {
        return new LimitedSource(source.inDatabase(database), free);
    }

    @Override
    public Source readOnly() {
        return new LimitedSource(source.readOnly(), free);
    }

    @Override
    public Way way() {
        return source.way();
    }

    @Override
    public Optional<String> region() {
        return source.region();
    }

    @Override
    public boolean serverless() {
        return source.serverless();
    }

    @Override
    public String redact(String text) {
        return source.redact(text);
    }

    @Override
    public List<String> begin() {
        return source.begin();
    }

    @Override
    public void end() {
        source.end();
    }

    @Override
    public SourceSession open(String purpose) {
        acquire();
        try {
            return source.open(purpose).through(statements -> new Limited(statements));
        } catch (RuntimeException | Error e) {
            free.release();
            throw e;
        }
    }

    @Override
    public <T> T whileReading(Function<Source, T> work) {
        acquire();
        try {
            return work.apply(source);
        } finally {
            free.release();
        }
    }

    private void acquire() {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SourceException.of(
                    FailureCategory.SOURCE, "interrupted while a statement waited for its turn at " + source);
        }
    }

    /** A copy in another process is the source itself. */
    @Serial
    private Object writeReplace() {
        return source;
    }

    @Override
    public String toString() {
        return source.toString();
    }

    private final class Limited implements Statements {

        private final Statements statements;
        /** Whether a place is taken already, by the login. */
        private boolean counts = true;

        Limited(Statements statements) {
            this.statements = statements;
        }

        private <T> T counted(Supplier<T> statement) {
            if (!counts) {
                acquire();
                counts = true;
            }
            try {
                return statement.get();
            } finally {
                release();
            }
        }

        private void release() {
            if (counts) {
                counts = false;
                free.release();
            }
        }

        @Override
        public String location() {
            return statements.location();
        }

        @Override
        public String user() {
            return statements.user();
        }

        @Override
        public Remedy remedy() {
            return statements.remedy();
        }

        @Override
        public <T> T query(String sql, Function<SourceRows, T> reader) {
            return counted(() -> statements.query(sql, reader));
        }

        @Override
        public void execute(String sql) {
            counted(() -> {
                statements.execute(sql);
                return sql;
            });
        }

        @Override
        public void close() {
            try {
                statements.close();
            } finally {
                release();
            }
        }
    }
}
