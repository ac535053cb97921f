package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.sandbox.aws.secrets.SecretForms;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong settings, users and declarations: each is reported, and the other tables are exported. */
class BadInputTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T19:00:00");
    private static final String PRINTABLE =
            IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());
    /** Tables whose queries do not read stl_query. */
    private static final List<String> INDEPENDENT = ExportFixture.CORE.stream()
            .filter(export -> !Pattern.compile("\\bstl_query\\b")
                    .matcher(export.sql().template())
                    .find())
            .map(ExportDeclaration::name)
            .toList();

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    @AutoClose
    private final ExportFixture pipeline = new ExportFixture(STORAGE);

    @Test
    void wrongPasswordSaysWhoWhereAndWhatIsExpected() {
        pipeline.signIn(pipeline.loginAt(pipeline.redshift.jdbcUrl(), "wr0ng-Pass"));
        RunSummary summary = pipeline.attempt();
        assertThat(nothingRead(summary))
                .isEqualTo(
                        "cannot connect to 127.0.0.1:" + pipeline.redshift.port() + "/dev as exporter: FATAL: password"
                                + " authentication failed for user \"exporter\" [28P01]: expected a user that may connect, and"
                                + " its password, in the cluster's parameters user and password");
        assertThat(summary.toJson()).doesNotContain("wr0ng-Pass");
    }

    @Test
    void hostThatRefusesSaysWhereAndWhatIsExpected() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        pipeline.signIn(
                pipeline.loginAt("jdbc:redshift://127.0.0.1:" + port + "/dev?ssl=false", ExportFixture.PASSWORD));
        assertThat(nothingRead(pipeline.attempt()))
                .startsWith("cannot connect to 127.0.0.1:" + port + "/dev as exporter: ")
                .contains("refused")
                .endsWith("[08001]: expected a cluster that runs (is not paused) at this address, and a way to it: host"
                        + " and port of the URL, subnet, route and security group of the Glue connection");
    }

    @Test
    void pausedClusterSaysWhereAndWhatIsExpectedAndGoesOnWhenItIsResumed() {
        pipeline.workload.writeHistory(START, START.plusHours(3));
        pipeline.redshift.pause();
        try {
            assertThat(nothingRead(pipeline.attempt()))
                    .startsWith("cannot connect to 127.0.0.1:" + pipeline.redshift.port() + "/dev as exporter: ")
                    .contains(": expected a cluster that runs (is not paused) at this address, and a way to it");
        } finally {
            pipeline.redshift.resume();
        }
        pipeline.run();
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void hostThatDoesNotExistSaysWhereAndWhatIsExpected() {
        pipeline.signIn(
                pipeline.loginAt("jdbc:redshift://no-such-cluster.invalid:5439/dev?ssl=false", ExportFixture.PASSWORD));
        assertThat(nothingRead(pipeline.attempt()))
                .startsWith("cannot connect to no-such-cluster.invalid:5439/dev as exporter: ")
                .contains(": expected a cluster that runs (is not paused) at this address, and a way to it");
    }

    @Test
    void databaseThatDoesNotExistIsNamed() {
        pipeline.signIn(pipeline.loginAt(pipeline.redshift.jdbcUrl().replace("/dev", "/prod"), ExportFixture.PASSWORD));
        assertThat(nothingRead(pipeline.attempt()))
                .endsWith("FATAL: database \"prod\" does not exist [3D000]: expected a database that exists, in the URL"
                        + " of the Glue connection");
    }

    @Test
    void everyCharacterWorksInAPassword() {
        List<String> passwords = new ArrayList<>();
        PRINTABLE.chars().forEach(character -> passwords.add("a" + Character.toString(character) + "b"));
        passwords.addAll(
                List.of(PRINTABLE, " blanks ", "''\"\"\\\\", "%41%", "${x}#{y}", "ünïcödé 漢字 😀", "tab\tnew\nline"));
        for (String password : passwords) {
            pipeline.administer("alter user exporter password '" + password.replace("'", "''") + "'");
            try (SourceSession session =
                    pipeline.loginAt(pipeline.redshift.jdbcUrl(), password).open("test")) {
                assertThat(session.identity()).as(password).startsWith("host:");
            }
            assertThatThrownBy(() -> pipeline.loginAt(pipeline.redshift.jdbcUrl(), password + "x")
                            .open("test"))
                    .as("negative control of " + password)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void runWithAPasswordOfAllCharactersExportsAll() {
        pipeline.administer("alter user exporter password '" + PRINTABLE.replace("'", "''") + "'");
        pipeline.signIn(pipeline.loginAt(pipeline.redshift.jdbcUrl(), PRINTABLE));
        pipeline.workload.writeHistory(START, START.plusHours(3));
        pipeline.run();
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void passwordThatTheServerRepeatsAtLoginIsHidden() throws Exception {
        for (String password : List.of("S3cret-'\"\\ %+& päss", " with blanks ", "tab\tand\nline")) {
            try (TalkativeServer server = new TalkativeServer();
                    LogCapture log = new LogCapture()) {
                pipeline.signIn(pipeline.loginAt(server.jdbcUrl(), password));
                RunSummary summary = pipeline.attempt();
                assertThat(server.heard())
                        .as("it was really heard and repeated")
                        .containsExactly(password);
                assertThat(nothingRead(summary)).contains("FATAL: wrong: ***; Detail: ***");
                requireHidden(password, summary, log);
            }
        }
    }

    @Test
    void passwordThatAStatementsErrorRepeatsIsHidden() throws Exception {
        String password = ExportFixture.PASSWORD;
        pipeline.administer("create function talk() returns timestamp language plpgsql as $$ begin raise exception"
                + " 'refused % for good', '" + password.replace("'", "''") + "'; end $$");
        withDeclaration(
                "talks", "select talk() as log_time, query from stl_query where endtime > :from and endtime <= :to");
        pipeline.workload.writeHistory(START, START.plusHours(1));
        try (LogCapture log = new LogCapture()) {
            RunSummary summary = pipeline.attempt();
            assertThat(onlyFailure(summary, "talks")).contains("refused *** for good");
            requireHidden(password, summary, log);
        }
    }

    @Test
    void tableThatTheUserMayNoLongerReadFailsAloneAndSaysWhatToDo() {
        pipeline.workload.writeHistory(START, START.plusHours(2));
        pipeline.run();
        pipeline.workload.advanceTo(START.plusHours(3));
        pipeline.administer("revoke select on stl_scan from exporter");
        assertThat(onlyFailure(pipeline.attempt(), "stl_scan"))
                .isEqualTo(
                        "query refused by 127.0.0.1:" + pipeline.redshift.port() + "/dev: ERROR: permission denied for"
                                + " table stl_scan [42501]: expected that the user may read it: if it is a system"
                                + " table, expected that a superuser runs ALTER USER \"exporter\" SYSLOG ACCESS"
                                + " UNRESTRICTED, or GRANT ROLE sys:monitor TO \"exporter\"; if it is another one,"
                                + " SELECT on it");
        pipeline.administer("grant select on stl_scan to exporter");
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void tableThatTheSourceNoLongerHasFailsAloneAndIsNamed() {
        pipeline.workload.writeHistory(START, START.plusHours(1));
        pipeline.run();
        pipeline.workload.advanceTo(START.plusHours(1).plusMinutes(1));
        pipeline.administer("alter table stl_scan rename to hidden");
        assertThat(onlyFailure(pipeline.attempt(), "stl_scan"))
                .contains("ERROR: relation \"stl_scan\" does not exist; Position: ")
                .endsWith("[42P01]: expected a table that this cluster has and its user can see: if it is a"
                        + " system table, expected that a superuser runs ALTER USER \"exporter\" SYSLOG ACCESS"
                        + " UNRESTRICTED, or GRANT ROLE sys:monitor TO \"exporter\"; if it is another one, SELECT on"
                        + " it");
    }

    @Test
    void deniedTableDoesNotStopTheSearchForGaps() {
        pipeline.workload.writeHistory(START, START.plusHours(1));
        pipeline.run();
        pipeline.workload.advanceTo(START.plusDays(3));
        pipeline.administer("revoke select on stl_scan from exporter");
        onlyFailure(pipeline.attempt(), "stl_scan");
        assertThat(pipeline.state.gaps()).isEmpty();
    }

    @Test
    void rowsWithoutATimeAreNotedOnceADay() {
        pipeline.workload.writeHistory(START, START.plusHours(1));
        pipeline.workload.idle(START.plusHours(1), START.plusDays(2));
        pipeline.run();
        String sentinel = "timestamp '2000-01-01 00:00:00'";
        pipeline.administer(
                "insert into stl_wlm_query (userid, query, queue_start_time, queue_end_time, exec_end_time,"
                        + " service_class_start_time, service_class_end_time) values (1, 1, " + sentinel + ", "
                        + sentinel
                        + ", " + sentinel + ", " + sentinel + ", " + sentinel + ")",
                "insert into stl_wlm_query (userid, query) values (1, 2)",
                "insert into stl_query (userid, query) values (1, 3)",
                "insert into stl_ddltext (userid, xid, endtime) values (1, 4, " + sentinel + ")",
                "insert into stl_utilitytext (userid, xid) values (1, 5)");
        pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(10));
        assertThat(notes(pipeline.run(), "stl_wlm_query")).as("the same day").isEmpty();
        pipeline.workload.advanceTo(START.plusDays(1));
        RunSummary nextDay = pipeline.run();
        assertThat(notes(nextDay, "stl_wlm_query"))
                .containsExactly(
                        "2 rows have no time (null, or the year 2000): only a first export reads those of the year 2000");
        for (String table : List.of("stl_query", "stl_ddltext", "stl_utilitytext")) {
            assertThat(notes(nextDay, table)).as(table).anyMatch(note -> note.startsWith("1 rows have no time"));
        }
    }

    @Test
    void columnThatVanishedIsNullAndNoted() {
        pipeline.workload.writeHistory(START, START.plusHours(1));
        pipeline.workload.idle(START.plusHours(1), START.plusHours(2));
        pipeline.workload.advanceTo(START.plusMinutes(90));
        pipeline.run();
        pipeline.administer(
                "alter table stl_query drop column label",
                "insert into stl_query (userid, query, starttime, endtime) select 1, 999999, getdate(), getdate()");
        pipeline.redshift.setClock(START.plusMinutes(100));
        assertThat(pipeline.runAt(START.plusMinutes(100)).tables())
                .filteredOn(table -> table.table().equals("stl_query"))
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.notes())
                            .containsExactly("column label is missing in the source: it is null in the lake");
                    assertThat(table.rows()).isEqualTo(1);
                });
    }

    @Test
    void columnThatTheQueryNeedsAndVanishedFailsItsTablesAndIsNamed() {
        pipeline.workload.writeHistory(START, START.plusHours(3));
        pipeline.administer("alter table stl_query rename column endtime to finished");
        RunSummary summary = pipeline.attempt();
        assertThat(summary.tables()).allSatisfy(table -> {
            if (INDEPENDENT.contains(table.table())) {
                assertThat(table.error()).isEmpty();
                assertThat(table.rows()).as(table.table()).isPositive();
            } else {
                assertThat(table.error().orElseThrow())
                        .contains("\"endtime\" does not exist")
                        .endsWith("[42703]: expected a column of this name in the source, or a declaration that does"
                                + " not use it");
            }
        });
        assertThat(INDEPENDENT).contains("stl_ddltext", "stl_utilitytext", "stl_wlm_query");
        int all = ExportFixture.CORE.size();
        assertThat(summary.toText())
                .startsWith((all - INDEPENDENT.size()) + " of " + all + " tables failed: ")
                .contains("; stl_query: query refused by ");
    }

    @Test
    void tableThatIsEmptiedBetweenTicksLosesNothingAndGoesOn() {
        pipeline.workload.writeHistory(START, START.plusHours(1));
        pipeline.workload.idle(START.plusHours(1), START.plusMinutes(100));
        pipeline.workload.advanceTo(START.plusMinutes(80));
        pipeline.run();
        int before = pipeline.rows("stl_query").size();
        assertThat(before).isPositive();
        pipeline.redshift.tables().forEach(table -> pipeline.administer("truncate " + table.name()));
        pipeline.workload.advanceTo(START.plusMinutes(90));
        assertThat(pipeline.run().tables()).allSatisfy(table -> {
            assertThat(table.rows()).isZero();
            assertThat(table.notes()).isEmpty();
            assertThat(table.complete()).isTrue();
        });
        assertThat(pipeline.rows("stl_query")).hasSize(before);
        pipeline.workload.advanceTo(START.plusHours(3));
        pipeline.workload.finish();
        assertThat(pipeline.attempt().error().orElseThrow())
                .as("all tables at once: another cluster at this address would look the same")
                .contains("does not show the newest rows that were read before");
        pipeline.acceptSource(pipeline.rows("clusters").get(0).getField("source_identity") + "#" + START.toLocalDate());
        pipeline.settleAndRun();
        assertThat(pipeline.rows("stl_query")).hasSizeGreaterThan(before);
        pipeline.requireLakeEqualsLedger();
        assertThat(pipeline.state.gaps()).hasSameSizeAs(ExportFixture.CORE);
    }

    @Test
    void clusterThatIsEmptiedWhileNobodyReadForDaysIsAGap() {
        pipeline.workload.writeHistory(START, START.plusHours(1));
        pipeline.run();
        pipeline.redshift.tables().forEach(table -> pipeline.administer("truncate " + table.name()));
        LocalDateTime later = START.plusDays(3);
        pipeline.redshift.setClock(later);
        assertThat(pipeline.runAt(later).tables())
                .allSatisfy(table -> assertThat(table.notes())
                        .containsExactly("gap: rows between " + START.plusMinutes(58) + " and " + later.minusMinutes(2)
                                + " were gone before they were read"));
    }

    @Test
    void declarationWithWrongSqlFailsAloneAndIsShown() {
        withDeclaration(
                "wrong_sql",
                "select endtime as log_time, query form stl_query where endtime > :from and endtime <= :to");
        pipeline.workload.writeHistory(START, START.plusHours(1));
        assertThat(onlyFailure(pipeline.attempt(), "wrong_sql"))
                .contains("ERROR: syntax error at or near \"stl_query\"; Position: ")
                .endsWith("[42601]: expected SQL that the cluster accepts, in the declaration");
        assertThat(pipeline.table("wrong_sql").currentSnapshot()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null::timestamp as log_time", "case when query % 3 = 0 then null else endtime end as log_time"})
    void declarationWithRowsWithoutLogTimeFailsAloneAndKeepsNothing(String logTime) {
        withDeclaration(
                "no_time", "select " + logTime + ", query from stl_query where endtime > :from and endtime <= :to");
        pipeline.workload.writeHistory(START, START.plusHours(3));
        for (int run = 1; run <= 2; run++) {
            assertThat(onlyFailure(pipeline.attempt(), "no_time"))
                    .startsWith("no_time: the query gave a row with log_time null: expected one in (");
        }
        assertThat(pipeline.table("no_time").currentSnapshot()).isNull();
        assertThat(pipeline.state.load(ExportFixture.CLUSTER, "no_time").watermark())
                .as("rows that could not be read were not passed over")
                .isEmpty();
    }

    @Test
    void declarationWithALogTimeOfAnotherTypeFailsAloneAndSaysWhichIsExpected() {
        withDeclaration(
                "text_time",
                "select endtime::varchar as log_time, query from stl_query where endtime > :from and endtime <= :to");
        pipeline.workload.writeHistory(START, START.plusHours(1));
        assertThat(onlyFailure(pipeline.attempt(), "text_time"))
                .isEqualTo("text_time: the query gives log_time as string: expected timestamp");
        assertThat(pipeline.table("text_time").schema().columns()).hasSize(3);
    }

    @Test
    void declarationThatIgnoresWhereAWindowBeginsFailsAloneBeforeAnythingIsKept() {
        withDeclaration(
                "ignores_from", "select endtime as log_time, query from stl_query where endtime <= :to -- :from");
        pipeline.workload.writeHistory(START, START.plusHours(2));
        assertThat(onlyFailure(pipeline.attempt(), "ignores_from"))
                .matches("ignores_from: the query gave a row with log_time 2026-11-18T19:\\S+: expected one in"
                        + " \\(2026-11-18T20:57:59.999999, 2026-11-18T20:58]");
        assertThat(pipeline.table("ignores_from").currentSnapshot()).isNull();
    }

    @Test
    void declarationThatIgnoresWhereAWindowEndsFailsAloneAndKeepsNothing() {
        withDeclaration("ignores_to", "select endtime as log_time, query from stl_query where endtime > :from -- :to");
        pipeline.workload.writeHistory(START, START.plusHours(7));
        assertThat(onlyFailure(pipeline.attempt(), "ignores_to"))
                .startsWith("ignores_to: the query gave a row with log_time 2026-11-");
        assertThat(pipeline.table("ignores_to").currentSnapshot()).isNull();
    }

    @Test
    void userThatSeesOnlyItsOwnRowsIsNoticedAndNothingIsRead() {
        pipeline.redshift.restrictSyslogAccess();
        pipeline.workload.writeHistory(START, START.plusHours(3));
        assertThat(nothingRead(pipeline.attempt()))
                .isEqualTo("user exporter sees only the rows of its own queries (syslog_access is RESTRICTED, roles:"
                        + " none): expected that a superuser runs ALTER USER \"exporter\" SYSLOG ACCESS UNRESTRICTED, or"
                        + " GRANT ROLE sys:monitor TO \"exporter\"");
        pipeline.redshift.grantRole("sys:monitor");
        RunSummary summary = pipeline.run();
        assertThat(summary.source().orElseThrow().notes())
                .containsExactly("the URL of the Glue connection to 127.0.0.1:" + pipeline.redshift.port()
                        + "/dev sets ssl=false: the connection is not encrypted, so the password and all rows can be read"
                        + " on the way; expected sslmode=verify-full, the default");
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void clusterThatDoesNotSayWhoseRowsAUserSeesIsANote() {
        pipeline.administer("revoke select on svv_user_info from exporter");
        pipeline.workload.writeHistory(START, START.plusHours(1));
        RunSummary denied = pipeline.run();
        assertThat(ExportFixture.notesButOfTls(denied))
                .containsExactly("whether user exporter sees the rows of all users is not known (ERROR: permission"
                        + " denied for view svv_user_info): if not, expected that a superuser runs ALTER USER"
                        + " \"exporter\" SYSLOG ACCESS UNRESTRICTED, or GRANT ROLE sys:monitor TO \"exporter\"");
        assertThat(denied.toJson()).containsPattern("\"notes\":\\[.*\"whether user exporter sees");

        pipeline.administer("drop view svv_user_grants", "drop view svv_user_info");
        assertThat(ExportFixture.notesButOfTls(pipeline.run()))
                .singleElement()
                .asString()
                .contains("relation \"svv_user_info\" does not exist");
    }

    @Test
    void newColumnsOfAnyNameStopNoTable() {
        pipeline.workload.writeHistory(START, START.plusHours(3));
        for (String table :
                pipeline.redshift.tables().stream().map(SystemTable::name).toList()) {
            pipeline.administer(
                    "alter table " + table + " add column log_time timestamp default '2020-01-01'",
                    "alter table " + table + " add column cluster_name varchar(9) default 'mine'",
                    "alter table " + table + " add column \"USERID\" int8 default 7",
                    "alter table " + table + " add column \"a.b\" jsonb default '{}'",
                    "alter table " + table + " add column \"_pos\" uuid");
        }
        assertThat(pipeline.run().tables()).allSatisfy(table -> {
            assertThat(table.rows()).as(table.table()).isPositive();
            assertThat(table.notes())
                    .as(table.table())
                    .hasSize(7)
                    .filteredOn(note -> note.endsWith(" is read as text, because the driver does not know its type"))
                    .as("jsonb and uuid")
                    .hasSize(2);
        });
        assertThat(pipeline.rows("stl_wlm_query")).allSatisfy(row -> {
            assertThat(row.getField("source_cluster_name")).isEqualTo("mine");
            assertThat(row.getField("source_log_time")).isEqualTo(LocalDateTime.parse("2020-01-01T00:00"));
        });
        pipeline.workload.finish();
        pipeline.settleAndRun();
        pipeline.requireLakeEqualsLedger();
    }

    @Test
    void unknownOptionOfTheDriverIsNamedInItsWords() {
        pipeline.signIn(pipeline.loginAt(pipeline.redshift.jdbcUrl() + "&compression=zip", ExportFixture.PASSWORD));
        assertThat(nothingRead(pipeline.attempt()))
                .startsWith("cannot connect to 127.0.0.1:")
                .contains("Unsupported compression algorithm specified : zip");
    }

    /** A text is cut at 200 bytes, so a character may be cut as well. */
    @Test
    void bytesThatAreNoUtf8AreReplacedAndCountedAndNothingStops() throws IOException {
        pipeline.workload.writeHistory(START, START.plusHours(3));
        pipeline.administer(
                "insert into stl_query (userid, query, querytxt, starttime, endtime) values"
                        + " (1, 900001, 'select ''#1'' #22', '2026-11-18 20:00:00', '2026-11-18 20:00:01'),"
                        + " (1, 900002, 'select 2', '2026-11-18 20:00:00', '2026-11-18 20:00:02')",
                "insert into stl_querytext (userid, query, sequence, text) values" + " (1, 900001, 0, '"
                        + "x".repeat(198) + "#3'), (1, 900001, 1, '#4 from t')");
        Map<String, byte[]> swaps = Map.of(
                "#1", new byte[] {'\'', (byte) 0xe9},
                "#22", new byte[] {(byte) 0xc0, (byte) 0xaf, (byte) 0xff},
                "#3", new byte[] {'x', (byte) 0xe2},
                "#4", new byte[] {(byte) 0x82, (byte) 0xac});
        try (SwappingProxy proxy = new SwappingProxy(pipeline.redshift.port(), swaps)) {
            pipeline.signIn(pipeline.loginAt(proxy.jdbcUrl(), ExportFixture.PASSWORD));
            assertThat(notes(pipeline.run(), "stl_query"))
                    .containsExactly(
                            "column querytxt has values with bytes that are no UTF-8, replaced by U+FFFD: 1 value");
            pipeline.startAfresh();
            assertThat(notes(pipeline.run(), "stl_querytext"))
                    .containsExactly(
                            "column text has values with bytes that are no UTF-8, replaced by U+FFFD: 2 values");
        }
        assertThat(texts("stl_query", "querytxt")).contains("select ''\uFFFD' \uFFFD\uFFFD\uFFFD", "select 2");
        assertThat(texts("stl_querytext", "text"))
                .contains("x".repeat(199) + "\uFFFD")
                .anySatisfy(text -> assertThat(text).startsWith("\uFFFD\uFFFD from t "));
    }

    private List<String> texts(String table, String column) {
        return pipeline.rows(table).stream()
                .map(row -> String.valueOf(row.getField(column)))
                .toList();
    }

    private static List<String> notes(RunSummary summary, String table) {
        return summary.tables().stream()
                .filter(one -> one.table().equals(table))
                .flatMap(one -> one.notes().stream())
                .toList();
    }

    private static String nothingRead(RunSummary summary) {
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(summary.tables()).isEmpty();
        return summary.error().orElseThrow();
    }

    /** The error of the table that failed; all others were read, and have rows where their tables have. */
    private String onlyFailure(RunSummary summary, String table) {
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(summary.error()).isEmpty();
        assertThat(summary.toText()).startsWith("1 of " + summary.tables().size() + " tables failed: " + table + ": ");
        assertThat(summary.tables())
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(other -> assertThat(other.error().isPresent())
                        .as(other.table() + " failed")
                        .isEqualTo(other.table().equals(table)));
        assertThat(summary.tables())
                .filteredOn(other -> !other.table().equals(table))
                .allMatch(TableSummary::complete);
        return summary.tables().stream()
                .flatMap(failed -> failed.error().stream())
                .findFirst()
                .orElseThrow();
    }

    private void withDeclaration(String name, String sql) {
        List<ExportDeclaration> exports = new ArrayList<>(ExportFixture.CORE);
        exports.add(Declarations.parse("""
                name: %s
                set: core
                log_time_rule: endtime
                key: [query]
                reread: true
                sql: |
                  %s
                columns: [{name: query, type: integer}]
                """.formatted(name, sql), "test"));
        pipeline.export(exports);
    }

    private static void requireHidden(String password, RunSummary summary, LogCapture log) {
        SecretForms forms = SecretForms.of(ExportFixture.USER, password);
        assertThat(forms.in(summary.toJson())).isEmpty();
        assertThat(forms.in(summary.toText())).isEmpty();
        assertThat(forms.in(summary.toString())).isEmpty();
        assertThat(log.text()).contains(LogCapture.BEGIN_SLF4J, LogCapture.BEGIN_PLATFORM);
        assertThat(forms.in(log.text())).isEmpty();
    }

    private static ExportDeclaration own(String name, String column) {
        return Declarations.readOwn("""
                        name: %s
                        log_time_rule: saletime
                        key: [id]
                        reread: true
                        sql: select saletime as log_time, %s as id from orders where saletime > :from and saletime <= :to
                        columns: [{name: id, type: integer}]
                        """.formatted(name, column), name + ".yaml")
                .declaration()
                .orElseThrow();
    }

    /** The function has the name of one of Redshift's, so that nothing but the transaction keeps it from writing. */
    @Test
    void ownExportsAreDescribedFirstRunInReadOnlyTransactionsAndFailAlone() {
        pipeline.workload.writeHistory(START, START.plusHours(3));
        pipeline.administer(
                "create table orders (id int, saletime timestamp)",
                "insert into orders values (1, timestamp '" + START.plusHours(1) + "')",
                "grant select, insert on orders to exporter",
                "create function len(value int) returns int language sql as"
                        + " 'insert into orders values (value + 1, null) returning id'");
        List<ExportDeclaration> exports = new ArrayList<>(ExportFixture.CORE);
        exports.addAll(List.of(own("own_orders", "id"), own("own_unknown", "order_id"), own("own_writing", "len(id)")));
        pipeline.export(exports);
        pipeline.select("core,own");
        RunSummary summary = pipeline.attempt();
        Map<String, String> errors = new HashMap<>();
        summary.tables().forEach(table -> table.error().ifPresent(error -> errors.put(table.table(), error)));
        assertThat(errors).containsOnlyKeys("own_unknown", "own_writing");
        assertThat(errors.get("own_unknown")).contains("column \"order_id\" does not exist");
        assertThat(errors.get("own_writing")).contains("cannot execute INSERT in a read-only transaction");
        assertThat(pipeline.rows("own_orders"))
                .singleElement()
                .satisfies(row -> assertThat(row.getField("id")).isEqualTo(1));
        assertThat(pipeline.rows("own_unknown")).isEmpty();
        assertThat(pipeline.rows("export_days")).hasSize(1);
        Source source = pipeline.loginAt(pipeline.redshift.jdbcUrl(), ExportFixture.PASSWORD);
        try (SourceSession session = source.open("negative control")) {
            assertThat(session.number("select len(1)")).isEqualTo(2);
        }
    }
}
