package io.github.redshiftquerylogs.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every file of SQL keeps to; beside each rule the proof that it notices who breaks it. */
class ConventionsTest {

    private static final Pattern MARKER = Pattern.compile("(.*)-- :(\\w+)( [*+] \\d+)?");
    private static final String TIME = "log_time >= date_add('day', -7, localtimestamp)";

    static List<SqlFile> queries() {
        return SqlFile.in(SqlFile.QUERIES);
    }

    static List<SqlFile> views() {
        return SqlFile.views();
    }

    static List<SqlFile> all() {
        return Stream.concat(queries().stream(), views().stream()).toList();
    }

    @Test
    void thereAreThirtyQueriesAndEachHasAnExpectedAnswer() {
        assertThat(queries())
                .hasSize(30)
                .allSatisfy(query -> assertThat(
                                ExpectedAnswer.FOLDER.resolve("queries").resolve(query.name() + ".txt"))
                        .exists());
        assertThat(SqlFile.in(ExpectedAnswer.FOLDER.resolve("queries")))
                .extracting(SqlFile::name)
                .containsExactlyElementsOf(queries().stream().map(SqlFile::name).toList());
    }

    @Test
    void everyViewHasExpectedRows() {
        assertThat(SqlFile.in(ExpectedAnswer.FOLDER.resolve("views")))
                .extracting(SqlFile::name)
                .containsExactlyInAnyOrderElementsOf(
                        views().stream().map(SqlFile::name).toList());
    }

    @Test
    void installOrderHasEveryViewThatIsNotOptional() {
        List<String> installed = new ArrayList<>(SqlFile.viewsInOrder());
        installed.add("query_history_all");
        assertThat(installed)
                .containsExactlyInAnyOrderElementsOf(
                        views().stream().map(SqlFile::name).toList());
        assertThat(Files.exists(SqlFile.VIEWS.resolve("optional/query_history_all.sql")))
                .isTrue();
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
        String header = "-- title: T\n-- question: Q?\n-- parameters: days = 7\n-- what to do: W\nselect 1\nwhere ";
        assertThat(problems(header + TIME + "  -- :days\n")).isEmpty();
        assertThat(problems(header + TIME + "  -- :hours\n")).hasSize(2);
        assertThat(problems(header + TIME.replace("7", "8") + "  -- :days\n")).hasSize(1);
        assertThat(problems(header + TIME + "\n")).hasSize(1);
        assertThat(problems("select 1\n")).hasSize(5);
    }

    private static List<String> problems(String sql) {
        SqlFile file = new SqlFile("", sql);
        List<String> problems = new ArrayList<>();
        for (String key : List.of("title", "question", "parameters", "what to do")) {
            if (file.header(key).isBlank()) {
                problems.add("no comment '-- " + key + ": '");
            }
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

    @Test
    void documentationListsAllFiles() throws IOException {
        StringBuilder rendered = new StringBuilder();
        rendered.append("| view | what it has |\n|---|---|\n");
        views().forEach(view -> rendered.append("| `%s` | %s |\n".formatted(view.name(), view.header("about"))));
        rendered.append("\n| query | question | parameters |\n|---|---|---|\n");
        queries()
                .forEach(query -> rendered.append("| `%s` | %s | %s |\n"
                        .formatted(query.name(), query.header("question"), query.header("parameters"))));
        Path page = SqlFile.MODULE.resolve("../docs/athena.md");
        String begin = "<!-- rendered by ConventionsTest, as are the tables by TableDdlTest -->\n";
        String end = "<!-- end of what is rendered -->";
        String text = Files.readString(page);
        String expected =
                text.substring(0, text.indexOf(begin) + begin.length()) + rendered + text.substring(text.indexOf(end));
        if (Boolean.getBoolean("ddl.render")) {
            Files.writeString(page, expected);
            text = expected;
        }
        assertThat(text).isEqualTo(expected);
    }
}
