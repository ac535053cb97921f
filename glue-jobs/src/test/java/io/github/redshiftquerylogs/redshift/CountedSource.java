package io.github.redshiftquerylogs.redshift;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A source that counts sessions and statements, also those of copies of it in tasks. */
public final class CountedSource implements Source {

    private static final long serialVersionUID = 1;
    /** Shared by all copies. */
    private static final AtomicInteger SESSIONS = new AtomicInteger();

    private static final AtomicInteger STATEMENTS = new AtomicInteger();

    private final Source source;

    public CountedSource(Source source) {
        this.source = source;
    }

    public static void reset() {
        SESSIONS.set(0);
        STATEMENTS.set(0);
    }

    public static int sessions() {
        return SESSIONS.get();
    }

    public static int statements() {
        return STATEMENTS.get();
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
    public List<String> begin() {
        return source.begin();
    }

    @Override
    public Source inDatabase(String database) {
        return new CountedSource(source.inDatabase(database));
    }

    @Override
    public Source readOnly() {
        return new CountedSource(source.readOnly());
    }

    @Override
    public String redact(String text) {
        return source.redact(text);
    }

    @Override
    public SourceSession open(String purpose) {
        SESSIONS.incrementAndGet();
        return source.open(purpose).through(Counted::new);
    }

    private record Counted(Statements statements) implements Statements {

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
            STATEMENTS.incrementAndGet();
            return statements.query(sql, reader);
        }

        @Override
        public void execute(String sql) {
            STATEMENTS.incrementAndGet();
            statements.execute(sql);
        }

        @Override
        public void close() {
            statements.close();
        }
    }
}
