package io.github.redshiftquerylogs.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.statement.StatementColumn;
import io.github.redshiftquerylogs.window.Window;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclarationsTest {

    private static final String GOOD = """
            name: my_export
            set: core
            log_time_rule: endtime
            key: [a]
            reread: true
            sql: select endtime as log_time, a, b from t where endtime > :from and endtime <= :to
            columns:
              - {name: a, type: integer}
              - {name: b, type: string, blanks: data}
            """;

    private static final Path SOURCES = Path.of("src/main/resources/declarations");

    @TempDir
    private Path folder;

    @Test
    void everyFileOfTheSourceFolderIsBundled() throws IOException {
        List<String> names =
                Declarations.bundled().stream().map(ExportDeclaration::name).toList();
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            names.stream().map(name -> name + ".yaml").toList());
        }
        assertThat(names)
                .isSorted()
                .contains(
                        "stl_alert_event_log",
                        "stl_ddltext",
                        "stl_explain",
                        "stl_query",
                        "stl_querytext",
                        "stl_scan",
                        "stl_utilitytext",
                        "stl_wlm_query");
    }

    @Test
    void derivedColumnsAreThoseOfStatements() {
        assertThat(Declarations.parse(GOOD, "test").derived()).isEmpty();
        assertThat(Declarations.parse(GOOD + "derived: [{name: query_shape, from: b}]", "test")
                        .derived())
                .containsExactly(new DerivedColumn(StatementColumn.QUERY_SHAPE, "b"));
        assertThatThrownBy(() -> Declarations.parse(
                        GOOD + "derived: [{name: query_shape, from: a}, {name: mood, from: b}, {name: query_shape}]",
                        "test"))
                .hasMessageContaining("derived column 'query_shape' is computed from 'a': expected a declared column of"
                        + " type string")
                .hasMessageContaining("derived column is 'mood': expected statement_kind or")
                .hasMessageContaining("derived column 'query_shape' is declared twice")
                .hasMessageContaining("is computed from missing");
    }

    @Test
    void declarationsOfAJarAreThoseOfAFolder() throws IOException {
        Path jar = folder.resolve("a job.jar");
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Files.createDirectory(zip.getPath("declarations"));
            Files.writeString(zip.getPath("declarations/my_export.yaml"), GOOD);
            Files.writeString(zip.getPath("declarations/notes.txt"), "not a declaration");
        }
        assertThat(Declarations.bundledIn(jar)).containsExactly(Declarations.parse(GOOD, "test"));
        assertThat(Declarations.in(SOURCES)).isEqualTo(Declarations.bundled());
    }

    @Test
    void aFolderWithoutDeclarationsIsRefused() {
        assertThatThrownBy(() -> Declarations.in(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no declarations in " + folder + ": expected files *.yaml");
        assertThatThrownBy(() -> Declarations.bundledIn(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot list the declarations in " + folder.resolve("declarations"));
    }

    @Test
    void aFileIsNamedAsItsExport() throws IOException {
        Files.writeString(folder.resolve("another.yaml"), GOOD);
        assertThatThrownBy(() -> Declarations.in(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("declaration another.yaml: name is 'my_export': expected the name of the file, 'another'");
    }

    @Test
    void fragmentsOfStatementsKeepTheirBlanksAndNothingElseDoes() {
        assertThat(Declarations.bundled().stream()
                        .flatMap(declaration -> declaration.columns().stream()
                                .filter(column -> column.blanks() == Blanks.DATA)
                                .map(column -> declaration.name() + "." + column.name())))
                .containsExactlyInAnyOrder(
                        "stl_ddltext.text", "stl_querytext.text", "stl_utilitytext.text", "sys_query_text.text");
    }

    @Test
    void declarationIsReadAsWritten() {
        ExportDeclaration declaration = Declarations.parse(GOOD, "test");
        assertThat(declaration.key()).containsExactly("a");
        assertThat(declaration.columns())
                .containsExactly(
                        new DeclaredColumn("a", ColumnType.INTEGER, Blanks.PADDING),
                        new DeclaredColumn("b", ColumnType.STRING, Blanks.DATA));
        assertThat(declaration.reread()).isTrue();
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        String bad = GOOD.replace("my_export", "My Export")
                .replace("[a]", "[c]")
                .replace(":from", "'2026-01-01'")
                .replace("name: b", "name: log_time");
        assertThatThrownBy(() -> Declarations.parse(bad, "bad.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("declaration bad.yaml: ")
                .hasMessageContaining("name is 'My Export': expected [a-z]")
                .hasMessageContaining("sql has no :from: expected a query with both bounds")
                .hasMessageContaining("column 'log_time' is one of the lake's own columns: expected another name")
                .hasMessageContaining("key has 'c', which is not among the columns: expected declared columns");
    }

    @Test
    void unknownAndMissingFieldsAreRefused() {
        assertThatThrownBy(() -> Declarations.parse(GOOD + "colour: red\n", "x"))
                .hasMessageStartingWith(
                        "declaration x: field 'colour' is unknown: expected clusters, columns, databases, derived, every, grants, held_back, key, kind, ");
        assertThatThrownBy(() -> Declarations.parse(GOOD.replace("reread: true\n", ""), "x"))
                .hasMessage("declaration x: reread is missing: expected true or false");
        assertThatThrownBy(() -> Declarations.parse(GOOD.replace("reread: true", "reread: perhaps"), "x"))
                .hasMessage("declaration x: reread is 'perhaps': expected true or false");
        assertThatThrownBy(() -> Declarations.parse(GOOD.replace("integer", "money"), "x"))
                .hasMessageStartingWith("declaration x: column 'a' type is 'money': expected integer or bigint or ");
        assertThatThrownBy(() -> Declarations.parse("name: a\n", "x"))
                .hasMessageContaining("set is missing: expected core or stl or")
                .hasMessageContaining("log_time_rule is missing: expected ")
                .hasMessageContaining("key is missing: expected ")
                .hasMessageContaining("columns is missing: expected ");
        assertThatThrownBy(() -> Declarations.parse("name: [", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("declaration x: while parsing");
        assertThatThrownBy(() -> Declarations.parse("", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("declaration x: ");
        assertThatThrownBy(() -> Declarations.parse("null", "x"))
                .hasMessage("declaration x: is empty: expected a YAML mapping");
        assertThatThrownBy(() -> Declarations.parse(GOOD + "  -\n", "x"))
                .hasMessageStartingWith("declaration x: columns has an empty entry: expected entries such as ");
    }

    @Test
    void settleAndHeldBackAreOfViewsWhoseRowsChange() {
        assertThat(Declarations.parse(GOOD, "x").settle()).isEmpty();
        assertThat(Declarations.parse(GOOD, "x").repeats()).isEmpty();
        ExportDeclaration states = Declarations.parse(
                GOOD + "settle: 15 minutes\nheld_back: select b, count(*) from t where a <= :to\n", "x");
        assertThat(states.settle()).contains(Duration.ofMinutes(15));
        assertThat(states.heldBack().orElseThrow().upTo(LocalDateTime.parse("2026-11-20T06:30:00")))
                .isEqualTo("select b, count(*) from t where a <= timestamp '2026-11-20 06:30:00.000000'");
        assertThat(states.repeats()).contains(new Repeats("a", List.of("a")));
        assertThat(Declarations.parse(GOOD + "settle: 1 hour\n", "x").settle()).contains(Duration.ofHours(1));
        for (String wrong : List.of("15", "0 minutes", "minutes", "PT15M", "-1 hour", "3 weeks")) {
            assertThatThrownBy(() -> Declarations.parse(GOOD + "settle: " + wrong + "\n", "x"))
                    .hasMessage("declaration x: settle is '" + wrong + "': expected a time such as 15 minutes");
        }
        assertThatThrownBy(() -> Declarations.parse(GOOD + "held_back: select 1\n", "x"))
                .hasMessage(
                        "declaration x: held_back has no :to: expected a query for status and number of the rows that"
                                + " have not ended");
    }

    @Test
    void kindAndSetAreOfThoseThatAreKnown() {
        assertThat(Declarations.parse(GOOD + "kind: log\n", "x")).isEqualTo(Declarations.parse(GOOD, "x"));
        assertThatThrownBy(() -> Declarations.parse(GOOD + "kind: stream\n", "x"))
                .hasMessage("declaration x: kind is 'stream': expected log or snapshot");
        assertThat(Declarations.parse(GOOD.replace("set: core", "set: stl-large"), "x")
                        .set())
                .isEqualTo(ExportSet.STL_LARGE);
        assertThatThrownBy(() -> Declarations.parse(GOOD.replace("set: core", "set: stl_large"), "x"))
                .hasMessage("declaration x: set is 'stl_large': expected core or stl or stl-large or sys or names or"
                        + " states");
        assertThatThrownBy(() -> Declarations.parse(GOOD.replace("my_export", "names"), "x"))
                .hasMessage("declaration x: name is 'names': expected another one than that of a set");
    }

    @Test
    void grantedRelationsAreThoseOfTheQuery() {
        assertThat(Declarations.parse(GOOD, "x").grants()).isEmpty();
        assertThat(Declarations.parse(GOOD + "grants: [t]\n", "x").grants()).containsExactly("t");
        String quoted = GOOD.replace("from t ", "from Sales.\"order items\" ");
        assertThat(Declarations.parse(quoted + "grants: ['Sales.\"order items\"', '\"order items\"']\n", "x")
                        .grants())
                .containsExactly("Sales.\"order items\"", "\"order items\"");
        assertThatThrownBy(() -> Declarations.parse(GOOD + "grants: [tt, t]\n", "x"))
                .hasMessage("declaration x: grants has 'tt', which sql does not read: expected relations of sql");
    }

    private static final String SNAPSHOT = """
            name: my_snapshot
            kind: snapshot
            set: core
            key: [database_name, a]
            sql: select current_database() as database_name, a from t where b::text <> ':two'
            columns:
              - {name: database_name, type: string}
              - {name: a, type: integer}
            """;

    @Test
    void aSnapshotIsTakenOncePerDayOfOneDatabaseUnlessItSaysOtherwise() {
        ExportDeclaration daily = Declarations.parse(SNAPSHOT, "x");
        assertThat(daily.isLog()).isFalse();
        assertThat(daily.snapshot()).contains(new SnapshotRule(Duration.ofDays(1), false));
        assertThat(Declarations.parse(SNAPSHOT + "every: 6 hours\ndatabases: all\n", "x")
                        .snapshot())
                .contains(new SnapshotRule(Duration.ofHours(6), true));
        assertThat(Declarations.parse(GOOD, "x").isLog()).isTrue();
        assertThat(Declarations.parse(GOOD, "x").snapshot()).isEmpty();
    }

    @Test
    void allRowsOfASnapshotHaveTheTimeOfItsRun() {
        LocalDateTime to = LocalDateTime.of(2026, 11, 19, 12, 0, 0, 1_000);
        assertThat(Declarations.parse(SNAPSHOT, "x").sql().rows(new Window(to.minusSeconds(1), to)))
                .isEqualTo("select timestamp '2026-11-19 12:00:00.000001' as log_time, taken.* from (\n"
                        + "select current_database() as database_name, a from t where b::text <> ':two'\n) taken");
    }

    @Test
    void aSnapshotHasNothingOfALog() {
        assertThatThrownBy(() -> Declarations.parse(
                        SNAPSHOT.replace("where", "where a > :from and")
                                + "log_time_rule: endtime\nparent: a\nundated: select 1\nreread: true\nevery: daily\n",
                        "x"))
                .hasMessageContaining("log_time_rule is 'endtime': expected it in declarations of kind log only")
                .hasMessageContaining("parent is 'a': expected it in declarations of kind log only")
                .hasMessageContaining("undated is 'select 1': expected it in declarations of kind log only")
                .hasMessageContaining("reread is 'true': expected it in declarations of kind log only")
                .hasMessageContaining("sql has a bound, :from or :to: expected a query without bounds")
                .hasMessageContaining("every is 'daily': expected a number from 1 to 99 and hours or days");
        assertThatThrownBy(() -> Declarations.parse(GOOD + "every: 1 day\ndatabases: all\n", "x"))
                .hasMessage("declaration x: every is '1 day': expected it in declarations of kind snapshot only;"
                        + " databases is 'all': expected it in declarations of kind snapshot only");
        for (String every : List.of("0 days", "100 hours", "1 week", "-1 day", "1day", "")) {
            assertThatThrownBy(() -> Declarations.parse(SNAPSHOT + "every: '" + every + "'\n", "x"))
                    .hasMessageContaining("every is '" + every + "': expected a number");
        }
        assertThatThrownBy(() -> Declarations.parse(SNAPSHOT.replaceAll("sql:.*\n", ""), "x"))
                .hasMessage("declaration x: sql is missing: expected a query without bounds");
    }

    @Test
    void rowsOfSeveralDatabasesSayTheirs() {
        String all = SNAPSHOT + "databases: all\n";
        for (String wrong : List.of(
                all.replace("[database_name, a]", "[a]"),
                all.replace("name: database_name, type: string", "name: database_name, type: bigint"),
                all.replace("database_name", "db"))) {
            assertThatThrownBy(() -> Declarations.parse(wrong, "x"))
                    .hasMessageContaining(
                            "databases is all, but there is no column database_name of type string in columns and key");
        }
        assertThatThrownBy(() -> Declarations.parse(SNAPSHOT + "databases: dev\n", "x"))
                .hasMessage("declaration x: databases is 'dev': expected all");
    }
}
