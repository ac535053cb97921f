package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.redshift.CountedSource;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prints what runs cost, with eight tables and with all logs of STL and SVL tables: sessions and statements at the cluster,
 * seconds, and CPU time of job and cluster together. The table is in docs/architecture.md.
 */
@Tag("long")
class TickCostTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T00:00:00");
    /** The unit of CPU times in Linux's /proc: 1/100 s. */
    private static final double CLOCK_TICKS = 100;

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    private record Cost(int sessions, int statements, int windows, long commits, double seconds, double cpu) {

        static Cost of(ExportFixture pipeline) {
            CountedSource.reset();
            double cpu = cpuSeconds();
            long begun = System.nanoTime();
            RunSummary summary = pipeline.run();
            double seconds = (System.nanoTime() - begun) / 1e9;
            double used = cpuSeconds() - cpu;
            return new Cost(
                    CountedSource.sessions(),
                    CountedSource.statements(),
                    summary.tables().stream().mapToInt(TableSummary::windows).sum(),
                    commits(pipeline, summary),
                    seconds,
                    used);
        }

        private static long commits(ExportFixture pipeline, RunSummary run) {
            return run.tables().stream()
                    .flatMap(table -> StreamSupport.stream(
                            pipeline.table(table.table()).snapshots().spliterator(), false))
                    .filter(snapshot -> run.runId().equals(snapshot.summary().get("redshift_query_logs.run_id")))
                    .count();
        }

        void print(String run, int tables) {
            System.out.printf(
                    "| %s | %d | %d | %d | %d | %d | %.1f | %.1f |%n",
                    run, tables, sessions, statements, windows, commits, seconds, cpu);
        }
    }

    /** CPU time of this process and of all that it has started, those that have ended included. */
    private static double cpuSeconds() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .mapToDouble(process -> cpuSeconds(Path.of("/proc", Long.toString(process.pid()), "stat")))
                .sum();
    }

    private static double cpuSeconds(Path stat) {
        try {
            String text = Files.readString(stat);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            // utime, stime, cutime, cstime
            return Stream.of(11, 12, 13, 14)
                            .mapToLong(field -> Long.parseLong(fields[field]))
                            .sum()
                    / CLOCK_TICKS;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void ticks() {
        print();
        each((pipeline, tables) -> {
            LocalDateTime end = START.plusHours(6);
            pipeline.workload.writeHistory(START, end);
            pipeline.workload.idle(end.plusHours(1), end.plusHours(4));
            pipeline.run();
            pipeline.workload.advanceTo(end.plusMinutes(30));
            Cost.of(pipeline).print("busy tick: rows of half an hour", tables);
            // queries that ran before the idle hours have ended, also in tables that settle for an hour
            pipeline.workload.advanceTo(end.plusMinutes(150));
            pipeline.run();
            pipeline.workload.advanceTo(end.plusMinutes(155));
            Cost.of(pipeline).print("quiet tick", tables);
        });
    }

    @Test
    void firstExport() {
        print();
        each((pipeline, tables) -> {
            pipeline.workload.writeHistory(START, START.plusDays(7));
            Cost.of(pipeline).print("first export of seven days", tables);
        });
    }

    private static void print() {
        System.out.println("| run | tables | sessions | statements | windows | commits | seconds | CPU seconds |");
        System.out.println("|---|---|---|---|---|---|---|---|");
    }

    private static void each(BiConsumer<ExportFixture, Integer> measure) {
        measure(Set.of(ExportSet.CORE), "core", measure);
        measure(Set.of(ExportSet.CORE, ExportSet.STL, ExportSet.STL_LARGE), "stl,stl-large", measure);
    }

    private static void measure(Set<ExportSet> sets, String list, BiConsumer<ExportFixture, Integer> measure) {
        List<ExportDeclaration> exports = Declarations.bundled().stream()
                .filter(export -> sets.contains(export.set()) && export.isLog())
                .toList();
        try (ExportFixture pipeline = new ExportFixture(STORAGE, SystemTables.withLarge(Patch.NEWER), 5)) {
            pipeline.signIn(new CountedSource(pipeline.loginAt(pipeline.redshift.jdbcUrl(), ExportFixture.PASSWORD)));
            pipeline.export(exports);
            pipeline.select(list);
            measure.accept(pipeline, exports.size());
        }
    }
}
