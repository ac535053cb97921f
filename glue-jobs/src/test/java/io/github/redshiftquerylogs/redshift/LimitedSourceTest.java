package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight tables side by side at a cluster whose statements take until they are let go. */
@Timeout(60)
class LimitedSourceTest {

    private static final int TABLES = 8;
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();

    private static CountDownLatch letGo = new CountDownLatch(0);

    private final ExecutorService threads = Executors.newFixedThreadPool(TABLES);

    @BeforeEach
    void nothingRuns() {
        RUNNING.set(0);
        MOST.set(0);
        letGo = new CountDownLatch(1);
    }

    @AfterEach
    void stop() {
        letGo.countDown();
        threads.shutdownNow();
    }

    @Test
    void statementsBeyondTheLimitWait() throws Exception {
        assertThat(atATime(new LimitedSource(new SlowCluster(), 3), 3)).isEqualTo(3);
    }

    /** The negative control: without the limit all of them run at the same time. */
    @Test
    void withoutALimitNoneWaits() throws Exception {
        assertThat(atATime(new SlowCluster(), TABLES)).isEqualTo(TABLES);
    }

    /** Every third table runs a statement without rows, queries, or has a task that reads. */
    private int atATime(Source source, int expected) throws Exception {
        List<Future<?>> tables = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            int table = i;
            tables.add(threads.submit(() -> {
                if (table % 3 == 2) {
                    source.whileReading(copy -> query(copy, table));
                } else {
                    query(source, table);
                }
            }));
        }
        await().until(() -> RUNNING.get() == expected);
        // enough for another one to begin, if it could
        Thread.sleep(Duration.ofMillis(200).toMillis());
        letGo.countDown();
        for (Future<?> table : tables) {
            table.get(30, TimeUnit.SECONDS);
        }
        return MOST.get();
    }

    private static boolean query(Source source, int table) {
        try (SourceSession session = source.open("table " + table)) {
            if (table % 3 == 0) {
                session.execute("unload");
            } else {
                session.time("select");
            }
            return true;
        }
    }

    @Test
    void refusedStatementGivesItsPlaceBack() {
        letGo.countDown();
        LimitedSource source = new LimitedSource(new SlowCluster(), 1);
        try (SourceSession session = source.open("test")) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> session.execute("refuse")).hasMessage("refused");
                assertThatThrownBy(() -> source.whileReading(copy -> {
                            throw new IllegalStateException("task failed");
                        }))
                        .hasMessage("task failed");
            }
            session.execute("select");
        }
    }

    @Test
    void copyInAnotherProcessDoesNotCount() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new LimitedSource(new SlowCluster(), 1));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isInstanceOf(SlowCluster.class);
        }
    }

    private static final class SlowCluster implements Source {

        private static final long serialVersionUID = 1;

        @Override
        public Way way() {
            return Way.JDBC;
        }

        @Override
        public Source inDatabase(String database) {
            return this;
        }

        @Override
        public String redact(String text) {
            return text;
        }

        @Override
        public SourceSession open(String purpose) {
            return new SourceSession(new SlowStatements(), "id");
        }
    }

    private static final class SlowStatements implements Statements {

        @Override
        public String location() {
            return "here";
        }

        @Override
        public String user() {
            return "exporter";
        }

        @Override
        public Remedy remedy() {
            return new Remedy("exporter", false);
        }

        @Override
        public <T> T query(String sql, Function<SourceRows, T> reader) {
            execute(sql);
            return reader.apply(new NoRows());
        }

        @Override
        public void execute(String sql) {
            MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
            try {
                assertThat(letGo.await(30, TimeUnit.SECONDS)).isTrue();
                if (sql.equals("refuse")) {
                    throw SourceException.of(FailureCategory.SOURCE, "refused");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                RUNNING.decrementAndGet();
            }
        }

        @Override
        public void close() {}
    }
}
