package io.github.redshiftquerylogs.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that every SQL file follows; each rule has a test that it detects a violation. */
class ConventionsTest {

    private static final Set<String> BOTH = Set.of("queries", "query_days_latest", "cluster_days_latest");
    private static final Pattern MARKER = Pattern.compile("(.*)-- :(\\w+)( [*+] \\d+)?");
    private static final String TIME = "log_time >= date_add('day', -7, localtimestamp)";

    static List<SqlFile> queries() {
        return ModuleFiles.queries();
    }

    static List<SqlFile> views() {
        return ModuleFiles.views();
    }

    static List<SqlFile> all() {
        return Stream.concat(queries().stream(), views().stream()).toList();
    }

    @Test
    void thereAreMoreThanThirtyQueriesAndEachHasAnExpectedAnswer() {
        assertThat(queries())
                .hasSizeGreaterThan(30)
                .allSatisfy(query -> assertThat(
                                ExpectedAnswer.FOLDER.resolve("queries").resolve(query.name() + ".txt"))
                        .exists());
        assertThat(ExpectedAnswer.names("queries"))
                .containsExactlyElementsOf(queries().stream().map(SqlFile::name).toList());
    }

    @Test
    void everyViewHasExpectedRows() {
        assertThat(ExpectedAnswer.names("views"))
                .containsExactlyInAnyOrderElementsOf(
                        views().stream().map(SqlFile::name).toList());
    }

    /** Trino's parser finds the views that a view really reads; {@link ViewOrder} looks for their names. */
    @Test
    void viewsAreCreatedAfterThoseThatTheyRead() {
        List<String> installed =
                ModuleFiles.viewsInOrder().stream().map(SqlFile::name).toList();
        assertThat(installed)
                .containsExactlyInAnyOrderElementsOf(SqlFile.in(ModuleFiles.VIEWS).stream()
                        .map(SqlFile::name)
                        .toList());
        for (SqlFile view : ModuleFiles.viewsInOrder()) {
            Set<String> reads = JoinRule.relations(view.text());
            reads.retainAll(installed);
            assertThat(installed.subList(0, installed.indexOf(view.name())))
                    .as(view.name())
                    .containsAll(reads);
        }
        assertThat(JoinRule.relations(ModuleFiles.viewsInOrder().stream()
                        .filter(view -> view.name().equals("query_history"))
                        .findFirst()
                        .orElseThrow()
                        .text()))
                .contains("query_full_text", "table_scans", "query_runs", "stl_explain");
        assertThat(SqlFile.in(ModuleFiles.OPTIONAL_VIEWS))
                .extracting(SqlFile::name)
                .containsExactly("query_history_all");
    }

    @Test
    void aViewComesAfterThoseThatItReads() {
        SqlFile a = view("a", "select * from b join c");
        SqlFile b = view("b", "select * from c_table -- as c does");
        SqlFile c = view("c", "select * from b");

        assertThat(ViewOrder.of(List.of(a, b, c), SqlFile::name, SqlFile::text)).containsExactly(b, c, a);
    }

    @Test
    void viewsInACycleAreRefused() {
        assertThatThrownBy(() -> ViewOrder.of(
                        List.of(view("a", "select * from b"), view("b", "select * from a")),
                        SqlFile::name,
                        SqlFile::text))
                .hasMessage("these views depend on each other in a cycle: a, b");
    }

    private static SqlFile view(String name, String query) {
        return new SqlFile(name, "create or replace view " + name + " as " + query);
    }

    /**
     * SQL views cannot share text, and a common view over both tables would read both. So the two files are equal but for
     * names.
     */
    @Test
    void utilityStatementsAreReadLikeDdlStatements() {
        String ddl =
                SqlFile.read(ModuleFiles.VIEWS.resolve("ddl_statements.sql")).text();
        assertThat(SqlFile.read(ModuleFiles.VIEWS.resolve("utility_statements.sql"))
                        .text())
                .isEqualTo(ddl.replace("ddl_statements", "utility_statements")
                        .replace("stl_ddltext", "stl_utilitytext")
                        .replace("DDL statements", "Utility statements"));
    }

    /** As for {@link #utilityStatementsAreReadLikeDdlStatements}: the coarser rule is written once more, with the same words. */
    @Test
    void kindOfAStatementIsDecidedByOneRule() {
        assertThat(kindRule("query_runs")).startsWith("case when regexp_like").isEqualTo(kindRule("ddl_statements"));
    }

    private static String kindRule(String view) {
        String sql = SqlFile.read(ModuleFiles.VIEWS.resolve(view + ".sql")).text();
        int begin = sql.indexOf("CASE\n");
        return sql.substring(begin, sql.indexOf("END", begin))
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** The tables whose times and numbers may be sentinels are read through views that leave those out. */
    @ParameterizedTest
    @MethodSource("queries")
    void queryReadsTimesAndNumbersThroughViews(SqlFile query) {
        assertThat(JoinRule.relations(query.text())).doesNotContain("stl_query", "stl_wlm_query");
    }

    @ParameterizedTest
    @MethodSource("all")
    void joinsNeverMixClustersOrIdsThatBeganAgain(SqlFile file) {
        assertThat(JoinRule.problems(file.text())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // without the cluster; without the log time; by ON; by commas; WLM without xid; in a CTE; hidden in IN
                "select 1 from stl_query join stl_scan using (query, log_time)",
                "select 1 from stl_query join stl_scan using (cluster_name, query)",
                "select 1 from stl_query q join stl_scan s on q.query = s.query and q.cluster_name = s.cluster_name",
                "select 1 from stl_query q left join stl_scan s on q.query = s.query and q.cluster_name = s.cluster_name",
                "select 1 from stl_query q left join stl_scan s on q.query = s.query and q.cluster_name = s.cluster_name"
                        + " and (q.log_time = s.log_time or s.slice = 0)",
                "select 1 from stl_query q left join stl_scan s on q.query = s.query and q.cluster_name = s.cluster_name"
                        + " and q.log_time = q.log_time",
                "select 1 from stl_query q, stl_scan s where q.query = s.query",
                "select 1 from stl_query join stl_wlm_query using (cluster_name, query, log_time)",
                "with s as (select cluster_name, query, count(*) n from stl_scan group by 1, 2)"
                        + " select 1 from stl_query join s using (cluster_name, query)",
                "with s as (select t.* from stl_scan t) select 1 from s join table_scans using (cluster_name, query)",
                "select 1 from (select cluster_name, s.query from stl_scan s) x join stl_query using (cluster_name)",
                "select 1 from stl_query where query in (select query from stl_scan)",
                "select (select count(*) from stl_scan s where s.cluster_name = q.cluster_name and s.query = q.query) from stl_query q",
                "select (select 1 union select 2) from stl_query",
                "select 1 from sys_query_history join sys_query_text using (cluster_name, query_id)",
                "select 1 from queries join sys_query_text using (query_id, log_time)",
                "select 1 from ddl_statements join utility_statements using (xid)"
            })
    void joinThatMixesIsNoticed(String sql) {
        assertThat(JoinRule.problems(sql)).hasSize(1);
    }

    @Test
    void joinsThatDoNotMixAreAccepted() {
        assertThat(JoinRule.problems("select 1 from stl_query join stl_scan using (cluster_name, query, log_time)"
                        + " join stl_wlm_query w using (cluster_name, query, xid)"))
                .isEmpty();
        assertThat(JoinRule.problems("select 1 from stl_query q left join stl_scan s on q.cluster_name = s.cluster_name"
                        + " and q.query = s.query and q.log_time = s.log_time"))
                .isEmpty();
        assertThat(JoinRule.problems("select (select count(*) from stl_scan s where s.cluster_name = q.cluster_name"
                        + " and s.query = q.query and s.log_time = q.log_time and s.rows > 1) from stl_query q"))
                .isEmpty();
        assertThat(JoinRule.problems(
                        "select 1 from sys_query_history join sys_query_text using (cluster_name, query_id, log_time)"))
                .isEmpty();
        assertThat(JoinRule.problems("select 1 from query_days d cross join unnest(d.alerts) as a (kind, alerts)"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void queryCanBePastedAndItsParametersAreExplained(SqlFile query) {
        assertThat(problems(query.text())).isEmpty();
        assertThat(query.text()).doesNotContain(";\n").doesNotContain("\t").endsWith("\n");
        assertThat(query.text().lines().filter(line -> line.length() > 160 && !line.startsWith("--")))
                .isEmpty();
    }

    @Test
    void parameterThatIsNotExplainedIsNoticed() {
        String header = "-- title: T\n-- question: Q?\n-- covers: STL\n-- parameters: days = 7\n-- what to do: W\n"
                + "select 1 from stl_scan\nwhere ";
        assertThat(problems(header + TIME + "  -- :days\n")).isEmpty();
        assertThat(problems(header + TIME + "  -- :hours\n")).hasSize(2);
        assertThat(problems(header + TIME.replace("7", "8") + "  -- :days\n")).hasSize(1);
        assertThat(problems(header + TIME + "\n")).hasSize(1);
        assertThat(problems("select 1\n")).hasSize(7);
    }

    /** The views {@link #BOTH} cover both families; everything else that questions read is of STL tables. */
    @Test
    void questionThatCoversOtherClustersThanItSaysIsNoticed() {
        String question = "-- title: T\n-- question: Q?\n-- covers: %s\n-- parameters: days = 7\n-- what to do: W\n"
                + "select 1 from %s\nwhere " + TIME + "  -- :days\n";
        assertThat(problems(question.formatted("STL", "table_scans"))).isEmpty();
        assertThat(problems(question.formatted("STL, SYS", "queries"))).isEmpty();
        assertThat(problems(question.formatted("STL, SYS", "table_scans")))
                .containsExactly("covers 'STL, SYS': expected 'STL', because of what it reads");
        assertThat(problems(question.formatted("STL", "queries")))
                .containsExactly("covers 'STL': expected 'STL, SYS', because of what it reads");
    }

    private static List<String> problems(String sql) {
        SqlFile file = new SqlFile("", sql);
        List<String> problems = new ArrayList<>();
        for (String key : List.of("title", "question", "covers", "parameters", "what to do")) {
            if (file.header(key).isBlank()) {
                problems.add("no comment '-- " + key + ": '");
            }
        }
        String covered = Collections.disjoint(JoinRule.relations(sql), BOTH) ? "STL" : "STL, SYS";
        if (!file.header("covers").equals(covered)) {
            problems.add(
                    "covers '" + file.header("covers") + "': expected '" + covered + "', because of what it reads");
        }
        if (!file.header("question").endsWith("?")) {
            problems.add("the question does not end with '?'");
        }
        Map<String, String> parameters = new HashMap<>();
        Arrays.stream(file.header("parameters").split(", ", -1))
                .map(parameter -> parameter.split(" = ", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> parameters.put(parts[0], parts[1]));
        Map<String, String> unused = new HashMap<>(parameters);
        sql.lines().map(MARKER::matcher).filter(Matcher::matches).forEach(marker -> {
            String name = marker.group(2);
            unused.remove(name);
            Pattern value =
                    Pattern.compile("(?<![\\d.])" + Pattern.quote(parameters.getOrDefault(name, "?")) + "(?![\\d.])");
            if (!value.matcher(marker.group(1)).find()) {
                problems.add("the line of :" + name + " has not the default of the header");
            }
        });
        unused.keySet().forEach(name -> problems.add("no line is marked with '-- :" + name + "'"));
        return problems;
    }
}
