package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.TableDefinition;
import io.github.redshiftquerylogs.sandbox.aws.secrets.SecretForms;
import io.github.redshiftquerylogs.sandbox.workload.QueryShape;
import io.github.redshiftquerylogs.sandbox.workload.WorkloadProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

/**
 * The packaged job in processes of its own, started by Glue's StartJobRun, on real Spark, Iceberg, S3, DynamoDB Local and
 * the real Redshift driver. Each scenario has a cluster, a database and a state table of its own.
 */
class ExportJobIT {

    /** Every odd shape every hour, so that two hours have rows in all tables. */
    private static final WorkloadProfile LOAD = new WorkloadProfile(7, 0.5, 1, Duration.ofMinutes(2));

    private static final Duration WINDOW = Duration.ofHours(6);
    /** A line at INFO, and its logger. */
    private static final Pattern INFO = Pattern.compile("^\\S+ \\S+ INFO (\\w+):", Pattern.MULTILINE);

    @TempDir
    private static Path workFolder;

    private static JobPlatform platform;

    @BeforeAll
    static void start() {
        platform = JobPlatform.start(workFolder);
    }

    @AfterEach
    void requireThatTheFaultInjectorWorked() {
        platform.dynamoDb.passEverything();
        assertThat(platform.dynamoDb.failures()).isEmpty();
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
        assertThat(ProcessHandle.current().children())
                .as("processes that are left")
                .isEmpty();
        requireNoLogHas(SecretForms.of(JobCluster.USER, JobCluster.PASSWORD));
    }

    @Test
    void killedBetweenCommitAndWatermark() {
        try (JobCluster cluster = new JobCluster(platform, "killed", LOAD, 1)) {
            writeBacklog(cluster);
            runUntilKilled(cluster, kill -> (call, passOn) -> {
                if (call.isWatermark() && call.entry().equals("table#stl_query")) {
                    kill.run();
                    return Optional.empty();
                }
                return Optional.of(passOn.get());
            });
            assertThat(cluster.lakeRows("stl_query")).as("committed").isNotEmpty();
            assertThat(cluster.tableState("stl_query"))
                    .as("and nobody knows")
                    .containsKey("attempt_from")
                    .doesNotContainKey("read_up_to");

            JsonNode next = cluster.run();

            assertThat(JobCluster.table(next, "stl_query").path("origin").asText())
                    .isEqualTo("lake");
            cluster.requireLakeEqualsLedger();
        }
    }

    @Test
    void twoRunsAtOnceOnAnEmptyLake() {
        try (JobCluster cluster = new JobCluster(platform, "twice", LOAD, 2)) {
            writeBacklog(cluster);
            CyclicBarrier both = new CyclicBarrier(2);
            Set<String> met = ConcurrentHashMap.newKeySet();
            platform.dynamoDb.intercept((call, passOn) -> {
                // neither reads its first window before both have seen the empty lake
                if (call.isAttempt() && call.entry().equals("table#stl_query") && met.add(call.value(":run"))) {
                    meet(both);
                }
                return Optional.of(passOn.get());
            });
            String one = cluster.start();
            String other = cluster.start();

            List<JsonNode> stlQuery = Stream.of(one, other)
                    .map(run -> JobCluster.table(cluster.requireSucceeded(run), "stl_query"))
                    .toList();

            assertThat(met).containsExactlyInAnyOrder(one, other);
            assertThat(firstWindow(cluster, one, "stl_query")).isEqualTo(firstWindow(cluster, other, "stl_query"));
            cluster.requireLakeEqualsLedger();
            assertThat(sum(stlQuery, "attempts") - sum(stlQuery, "windows"))
                    .as("windows that were read twice and refused once")
                    .isPositive();
        }
    }

    /** Also {@code AnswersIT}, where views and queries are asked of tables of the first release. */
    @Test
    void lakeAndStateOfTheFirstReleaseGoOnWithNothingLostOrDoubled() {
        try (JobCluster cluster = new JobCluster(platform, "upgraded", LOAD, 1)) {
            writeBacklog(cluster);
            cluster.exportByDefault();
            cluster.exportByTheFirstRelease(JobCluster.realTime().minusMinutes(90));
            assertThat(cluster.lakeRows("stl_scan")).isNotEmpty();
            assertThat(cluster.lakeColumns("stl_scan").findType("query")).isEqualTo(Types.IntegerType.get());
            assertThatExceptionOfType(AssertionError.class)
                    .as("the rest is still to come")
                    .isThrownBy(cluster::requireLakeEqualsLedger);

            // and what somebody has spoilt since
            cluster.spoilState("stl_query", "read_up_to", AttributeValue.fromS("None"));
            cluster.spoilState("stl_explain", "revision", AttributeValue.fromS("1"));
            cluster.spoilState("stl_wlm_query", "window_seconds", AttributeValue.fromN("0"));

            JsonNode summary = cluster.run();

            assertThat(summary.path("tables"))
                    .allSatisfy(table -> assertThat(table.path("origin").asText())
                            .isEqualTo(table.path("table").asText().equals("stl_query") ? "lake" : "watermark"));
            for (String spoilt : List.of("stl_query", "stl_explain", "stl_wlm_query")) {
                assertThat(JobCluster.table(summary, spoilt)
                                .path("notes")
                                .get(0)
                                .asText())
                        .startsWith("the state table's item (upgraded, table#" + spoilt + ") has ");
                assertThat(cluster.tableState(spoilt)
                                .getOrDefault("revision", AttributeValue.fromNul(true))
                                .type())
                        .isEqualTo(AttributeValue.Type.N);
            }
            assertThat(JobCluster.table(summary, "stl_scan").path("notes").toString())
                    .contains("column query is bigint in the lake from now on");
            cluster.requireLakeEqualsLedger();
            assertThat(cluster.entry("exports"))
                    .as("the upgrade alone exports no further table")
                    .containsEntry("default_exports", AttributeValue.fromS("core"));
            assertThat(summary.path("notes").toString())
                    .contains("the cluster was exported before there were sets of exports");
            for (ExportDeclaration now : ExportFixture.CORE) {
                assertThat(cluster.lakeColumns(now.name()).asStruct())
                        .as("an upgraded table is as a new one")
                        .isEqualTo(TableDefinition.of(now).schema().asStruct());
            }
            assertThat(cluster.columnsInGlue("stl_scan"))
                    .as("by which a deployment decides what to alter")
                    .containsEntry("query", "bigint")
                    .containsEntry("slice", "int")
                    .hasSize(cluster.lakeColumns("stl_scan").columns().size());
        }
    }

    @Test
    void stateLostBetweenTwoRuns() {
        try (JobCluster cluster = new JobCluster(platform, "forgotten", LOAD, 1)) {
            LocalDateTime now = JobCluster.realTime();
            cluster.workload.writeHistory(now.minusHours(3), now);
            cluster.run();
            int records = RecordTables.definitions().size();
            assertThat(cluster.state.clear())
                    .as(
                            "watermarks, expiry of snapshots, the run, the exports, the seal, the compaction, and daily counts if the"
                                    + " day before is open")
                    .isIn(
                            2 * cluster.tables().size() + records + 4,
                            3 * cluster.tables().size() + records + 4);
            LocalDateTime end = cluster.workload.now().plusSeconds(40);
            cluster.workload.write(QueryShape.ODD_TEXT, end);
            cluster.workload.write(QueryShape.DDL, end);
            cluster.workload.advanceTo(end.plusSeconds(1));
            cluster.settle();
            assertThatExceptionOfType(AssertionError.class)
                    .as("the comparison notices what is not there yet")
                    .isThrownBy(cluster::requireLakeEqualsLedger);

            JsonNode next = cluster.run();

            assertThat(next.path("tables"))
                    .allSatisfy(
                            table -> assertThat(table.path("origin").asText()).isEqualTo("lake"));
            assertThat(cluster.storedSummary()).isEqualTo(next);
            cluster.requireLakeEqualsLedger();

            JobRun verified = cluster.verify("f".repeat(64));
            assertThat(verified.jobRunState()).isEqualTo(JobRunState.FAILED);
            assertThat(verified.errorMessage())
                    .contains("forgotten: ALTERED: ", "; 1 problems, the first one: no entry has the head ffff");
            assertThat(cluster.storedSummary()).as("it is no run of the export").isEqualTo(next);
        }
    }

    @Test
    void backlogOfDaysWhoseRunIsKilledTwice() {
        try (JobCluster cluster = new JobCluster(platform, "backlog", LOAD, 1)) {
            writeDays(cluster, 3);
            runUntilKilled(cluster, kill -> afterWatermark(5, kill));
            Map<String, LocalDateTime> first = finishedUpTo(cluster);
            runUntilKilled(cluster, kill -> afterWatermark(9, kill));
            Map<String, LocalDateTime> second = finishedUpTo(cluster);
            assertThat(second).as("the second run got further").isNotEqualTo(first);
            Map<String, LocalDateTime> committed = times(cluster, "read_up_to");

            String third = cluster.start();
            cluster.requireSucceeded(third);

            LocalDateTime endOfSecond = Collections.max(second.values());
            List<String> unfinished = cluster.tables().stream()
                    .filter(table -> !endOfSecond.equals(second.get(table)))
                    .toList();
            assertThat(unfinished).as("the second run was killed on its way").isNotEmpty();
            for (String table : unfinished) {
                List<DynamoDbProxy.Call> begun = begun(cluster, third, table);
                assertThat(begun).as(table).isNotEmpty();
                assertThat(from(begun.get(0)))
                        .as("%s: only the windows of the commit before which the second run died are read again", table)
                        .isAfterOrEqualTo(committed.getOrDefault(table, LocalDateTime.MIN));
                for (int i = 1; i < begun.size(); i++) {
                    assertThat(from(begun.get(i))).as(table).isAfterOrEqualTo(to(begun.get(i - 1)));
                }
                assertThat(begun)
                        .as(table)
                        .allSatisfy(window -> assertThat(Duration.between(from(window), to(window)))
                                .isLessThanOrEqualTo(WINDOW));
            }
            cluster.requireLakeEqualsLedger();
        }
    }

    /** The hour from two to three o'clock does not exist on that day in New York; in UTC it does. */
    @Test
    void processInNewYorkWithRowsInTheHourThatDaylightSavingSkips() {
        try (JobCluster cluster = new JobCluster(platform, "new_york", LOAD, 1)) {
            LocalDateTime skipped = LocalDateTime.parse("2026-03-08T02:00:00");
            cluster.workload.writeHistory(skipped.minusHours(1), skipped.plusHours(2));
            cluster.workload.finish();
            cluster.workload.advanceTo(JobCluster.realTime());
            DateTimeFormatter minuteOfLog = DateTimeFormatter.ofPattern("uu/MM/dd HH:mm");
            ZoneId newYork = ZoneId.of("America/New_York");
            platform.runWith(Map.of("TZ", newYork.getId()));
            try {
                LocalDateTime before = LocalDateTime.now(newYork);
                String run = cluster.start();
                cluster.requireSucceeded(run);
                assertThat(platform.log(run).lines().map(line -> line.substring(0, Math.min(14, line.length()))))
                        .as("the process was in New York")
                        .containsAnyOf(minuteOfLog.format(before), minuteOfLog.format(before.plusMinutes(1)));
            } finally {
                platform.runWith(Map.of());
            }

            assertThat(cluster.lakeRows("stl_query"))
                    .extracting(row -> ((LocalDateTime) row.getField("log_time"))
                            .withMinute(0)
                            .withSecond(0)
                            .withNano(0))
                    .contains(skipped);
            cluster.requireLakeEqualsLedger();
        }
    }

    @Test
    void unloadsByTheDataApiAndIsKilledWhileItReadsWhatWasUnloaded() {
        try (JobCluster cluster = new JobCluster(platform, "by-data-api", LOAD, 1)) {
            cluster.useSecret();
            cluster.reachByDataApi();
            writeBacklog(cluster);
            String first = cluster.start();
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> cluster.hasEnded(first)
                            || cluster.staged().stream().anyMatch(key -> key.endsWith("/manifest")));
            platform.process(first).kill();
            assertThat(cluster.awaitEnd(first).jobRunState())
                    .as(platform.log(first))
                    .isEqualTo(JobRunState.FAILED);
            assertThat(platform.log(first)).as("it did not end by itself").doesNotContain("run summary: ");
            cluster.awaitStatements();
            List<String> left = cluster.staged();

            JsonNode summary = cluster.run();

            assertThat(summary.path("source_identity").asText()).isEqualTo("cluster:by-data-api");
            assertThat(summary.path("tables")).allSatisfy(table -> {
                assertThat(table.path("unloaded").asInt())
                        .isEqualTo(table.path("windows").asInt());
                // a query that ran twice may have a window between its runs
                assertThat(table.path("notes"))
                        .as("everything was unloaded")
                        .allSatisfy(note -> assertThat(note.asText()).contains(" query ids came back: "));
            });
            assertThat(summary.path("tables"))
                    .anySatisfy(
                            table -> assertThat(table.path("unloaded").asInt()).isPositive());
            cluster.requireLakeEqualsLedger();
            assertThat(cluster.staged()).as("only what the killed run has left").isEqualTo(left);
        }
    }

    @Test
    void manyRowsAreUnloadedOverJdbc() throws SQLException {
        try (JobCluster cluster = new JobCluster(platform, "heavy", LOAD, 1)) {
            cluster.unload();
            LocalDateTime now = JobCluster.realTime();
            cluster.workload.beginAt(now);
            int rows = 210_000;
            try (Connection admin = cluster.redshift.admin();
                    Statement statement = admin.createStatement()) {
                statement.execute("insert into stl_utilitytext (userid, xid, pid, starttime, endtime, sequence, text)"
                        + " select 100, i, 1, timestamp '" + now.minusHours(1) + "', timestamp '" + now.minusMinutes(30)
                        + "' + i * interval '1 microsecond', 0, 'commit' from generate_series(1, " + rows + ") i");
            }

            JsonNode summary = cluster.run();

            JsonNode table = JobCluster.table(summary, "stl_utilitytext");
            assertThat(table.path("unloaded").asInt()).as(table.toString()).isPositive();
            assertThat(table.path("rows").asInt()).isEqualTo(rows);
            assertThat(cluster.lakeCount("stl_utilitytext")).isEqualTo(rows);
            assertThat(cluster.staged()).isEmpty();
        }
    }

    @Test
    void rotatedSecretIsPickedUpByTheNextRun() {
        String rotated = "r0tated's \\pass+word/%&=<é>{}$1 @:;#";
        SecretForms forms = SecretForms.of(JobCluster.USER, rotated);
        try (JobCluster cluster = new JobCluster(platform, "rotated", LOAD, 1)) {
            String secret = cluster.useSecret();
            LocalDateTime now = JobCluster.realTime();
            cluster.workload.writeHistory(now.minusHours(3), now);
            cluster.run();
            cluster.rotate(secret, rotated);
            cluster.settle();

            String second = cluster.start();
            cluster.requireSucceeded(second);

            cluster.requireLakeEqualsLedger();
            assertThat(forms.in(platform.log(second))).isEmpty();
        }
    }

    @Test
    void wrongPasswordFailsClearlyAndIsNowhereToBeFound() {
        String wrong = "wr\"ong's \\pass+word/%&=<é>{}$1 @:;#";
        SecretForms forms = SecretForms.of(JobCluster.USER, wrong);
        try (JobCluster cluster = new JobCluster(platform, "locked-out", LOAD, 1)) {
            writeBacklog(cluster);
            cluster.setPassword(wrong);

            String id = cluster.start();
            JobRun run = cluster.awaitEnd(id);

            assertThat(run.jobRunState()).isEqualTo(JobRunState.FAILED);
            String clear = "cannot connect to 127.0.0.1:" + cluster.redshift.port() + "/dev as " + JobCluster.USER;
            assertThat(run.errorMessage()).contains("locked-out", clear, "password authentication failed", "28P01");
            Map<String, AttributeValue> stored = cluster.entry("run#latest");
            assertThat(JobCluster.text(stored, "status")).isEqualTo("failed");
            assertThat(cluster.storedSummary().path("error").asText()).contains(clear);
            assertThat(platform.log(id)).contains(clear);
            for (String text : List.of(
                    platform.log(id),
                    run.toString(),
                    stored.toString(),
                    cluster.jobDefinition().toString())) {
                assertThat(forms.in(text)).isEmpty();
            }
        }
    }

    /** Hours of load that ended some minutes ago, all of it settled. */
    private static void writeBacklog(JobCluster cluster) {
        LocalDateTime now = JobCluster.realTime();
        cluster.workload.writeHistory(now.minusHours(3), now.minusMinutes(4));
        cluster.workload.finish();
        cluster.workload.advanceTo(now);
    }

    /** Days with some hours of load each, and idle times between. */
    private static void writeDays(JobCluster cluster, int days) {
        LocalDateTime now = JobCluster.realTime();
        LocalDateTime begin = now.minusDays(days);
        cluster.workload.beginAt(begin);
        for (int day = 0; day < days; day++) {
            cluster.workload.idle(
                    begin.plusDays(day).plusHours(4), begin.plusDays(day).plusHours(22));
        }
        for (int hours = 6; hours < days * 24; hours += 6) {
            cluster.workload.advanceTo(begin.plusHours(hours));
        }
        cluster.workload.advanceTo(now.minusMinutes(4));
        cluster.workload.finish();
        cluster.workload.advanceTo(now);
    }

    /** A run that the test kills at one of its calls. */
    private static void runUntilKilled(JobCluster cluster, Function<Runnable, DynamoDbProxy.Interception> fate) {
        CompletableFuture<String> run = new CompletableFuture<>();
        platform.dynamoDb.intercept(
                fate.apply(() -> platform.process(run.join()).kill()));
        run.complete(cluster.start());
        JobRun died = cluster.awaitEnd(run.join());
        platform.dynamoDb.passEverything();
        assertThat(died.jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThat(platform.log(run.join())).as("it did not end by itself").doesNotContain("run summary: ");
    }

    private static DynamoDbProxy.Interception afterWatermark(int number, Runnable kill) {
        AtomicInteger watermarks = new AtomicInteger();
        return (call, passOn) -> {
            var reply = passOn.get();
            if (call.isWatermark() && watermarks.incrementAndGet() == number) {
                kill.run();
            }
            return Optional.of(reply);
        };
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            // before the SDK's timeout
            barrier.await(25, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("the other run did not come", e);
        }
    }

    /** Up to where each table was read when the last run died: the begin of its open window, else its watermark. */
    private static Map<String, LocalDateTime> finishedUpTo(JobCluster cluster) {
        Map<String, LocalDateTime> times = times(cluster, "read_up_to");
        times.putAll(times(cluster, "attempt_from"));
        return times;
    }

    /** The times of an attribute of the states of tables that have it. */
    private static Map<String, LocalDateTime> times(JobCluster cluster, String attribute) {
        Map<String, LocalDateTime> times = new HashMap<>();
        for (String table : cluster.tables()) {
            Map<String, AttributeValue> state = cluster.tableState(table);
            if (state.containsKey(attribute)) {
                times.put(table, LocalDateTime.parse(JobCluster.text(state, attribute)));
            }
        }
        return times;
    }

    private static List<DynamoDbProxy.Call> begun(JobCluster cluster, String run, String table) {
        return platform.dynamoDb.calls(cluster.name.value()).stream()
                .filter(call -> call.isAttempt()
                        && call.entry().equals("table#" + table)
                        && call.value(":run").equals(run))
                .toList();
    }

    private static List<LocalDateTime> firstWindow(JobCluster cluster, String run, String table) {
        DynamoDbProxy.Call first = begun(cluster, run, table).get(0);
        return List.of(from(first), to(first));
    }

    private static LocalDateTime from(DynamoDbProxy.Call attempt) {
        return LocalDateTime.parse(attempt.value(":from"));
    }

    private static LocalDateTime to(DynamoDbProxy.Call attempt) {
        return LocalDateTime.parse(attempt.value(":to"));
    }

    private static int sum(List<JsonNode> tables, String field) {
        return tables.stream().mapToInt(table -> table.path(field).asInt()).sum();
    }

    private static void requireNoLogHas(SecretForms forms) throws IOException {
        try (Stream<Path> logs = Files.list(workFolder.resolve("runs"))) {
            List<Path> all =
                    logs.filter(file -> file.toString().endsWith(".log")).toList();
            assertThat(all).isNotEmpty();
            for (Path log : all) {
                String text = Files.readString(log);
                assertThat(forms.in(text)).as(log.toString()).isEmpty();
                assertThat(INFO.matcher(text).results().map(line -> line.group(1)))
                        .as("who logs at INFO: this program, and neither Spark nor a library")
                        .contains(text.contains(" verification: ") ? "ExportJob" : "RunLog")
                        .isSubsetOf(
                                "RunLog",
                                "ExportJob",
                                "ClusterSealing",
                                "TableSealing",
                                "QueryDaySummaries",
                                "ClusterCompaction");
            }
        }
    }
}
