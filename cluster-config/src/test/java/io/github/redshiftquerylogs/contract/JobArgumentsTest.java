package io.github.redshiftquerylogs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.Problem;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobArgumentsTest {

    private static final ClusterName HR = new ClusterName("hr");
    private static final JobArguments DEFAULTS = JobArguments.of(HR, "redshift_query_logs_db", "export_state");

    /** As Glue passes them: a job's arguments and its own, each as two. */
    private static String[] passedByGlue(Map<String, String> arguments) {
        List<String> passed = new ArrayList<>(List.of("--JOB_NAME", "hr_extract_rs_query_logs"));
        arguments.forEach((name, value) -> passed.addAll(List.of(name, value)));
        passed.addAll(List.of(
                "--conf",
                "spark.a=b --conf spark.sql.catalog.glue_catalog.type=glue",
                "--TempDir",
                "s3://staging/",
                "--enable-metrics",
                "--job-bookmark-option",
                "job-bookmark-disable",
                "--JOB_ID",
                "j_1",
                "--JOB_RUN_ID",
                "jr_1"));
        return passed.toArray(String[]::new);
    }

    private static List<String> problemsOf(String... arguments) {
        InvalidSettingsException thrown =
                catchThrowableOfType(InvalidSettingsException.class, () -> JobArguments.parse(arguments));
        assertThat(thrown).as("refusal of %s", List.of(arguments)).isNotNull();
        return thrown.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void whatTheLambdaWritesTheJobReads() {
        JobArguments written = new JobArguments(
                HR,
                "db",
                "table",
                Duration.ofSeconds(90),
                Duration.ofMinutes(45),
                Duration.ofMinutes(7),
                Optional.empty(),
                Optional.empty());

        JobArguments read = JobArguments.parse(passedByGlue(written.toArguments()));

        assertThat(read)
                .isEqualTo(new JobArguments(
                        HR,
                        "db",
                        "table",
                        Duration.ofSeconds(90),
                        Duration.ofMinutes(45),
                        Duration.ofMinutes(7),
                        Optional.empty(),
                        Optional.of("jr_1")));
    }

    @Test
    void namesAreThoseThatUsersSee() {
        assertThat(DEFAULTS.toArguments())
                .containsExactly(
                        Map.entry("--cluster_name", "hr"),
                        Map.entry("--database_name", "redshift_query_logs_db"),
                        Map.entry("--state_table", "export_state"),
                        Map.entry("--settle_seconds", "120"),
                        Map.entry("--window_minutes", "360"),
                        Map.entry("--budget_minutes", "20"));
    }

    @Test
    void onlyTheClusterIsNeeded() {
        assertThat(JobArguments.parse("--cluster_name", "hr")).isEqualTo(DEFAULTS);
    }

    @Test
    void nameAndValueMayBeOneArgument() {
        assertThat(JobArguments.parse("--cluster_name=hr", "--window_minutes=5", "--database_name=a=b"))
                .isEqualTo(new JobArguments(
                        HR,
                        "a=b",
                        "export_state",
                        DEFAULTS.settle(),
                        Duration.ofMinutes(5),
                        DEFAULTS.budget(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void aVerificationMayHaveAHead() {
        String head = "0123456789abcdef".repeat(4);
        assertThat(JobArguments.parse("--cluster_name", "hr").verification()).isEmpty();
        assertThat(JobArguments.parse("--cluster_name", "hr", "--verify", "false")
                        .verification())
                .isEmpty();
        assertThat(JobArguments.parse("--cluster_name", "hr", "--verify", "true")
                        .verification())
                .contains(new JobArguments.Verify(Optional.empty()));
        assertThat(JobArguments.parse("--cluster_name", "hr", "--verify=true", "--head", head)
                        .verification())
                .contains(new JobArguments.Verify(Optional.of(head)));
        assertThatThrownBy(() -> JobArguments.parse("--cluster_name", "hr", "--verify", "yes", "--head", "abc"))
                .hasMessageContaining("--verify")
                .hasMessageContaining("true or false")
                .hasMessageContaining("--head")
                .hasMessageContaining("64 hexadecimal digits");
    }

    @Test
    void pastDaysOrHoursMayBeCompletedByHand() {
        assertThat(JobArguments.parse("--cluster_name", "hr", "--reseal", "2026-11-01..2026-11-03")
                        .completion())
                .contains(new JobArguments.Completion(
                        LocalDateTime.parse("2026-11-01T00:00"), LocalDateTime.parse("2026-11-04T00:00"), true));
        assertThat(JobArguments.parse("--cluster_name", "hr", "--reseal=2026-11-01")
                        .completion())
                .contains(new JobArguments.Completion(
                        LocalDateTime.parse("2026-11-01T00:00"), LocalDateTime.parse("2026-11-02T00:00"), true));
        assertThat(JobArguments.parse("--cluster_name", "hr", "--from", "2026-11-01T10:30Z", "--to", "2026-11-02")
                        .completion())
                .contains(new JobArguments.Completion(
                        LocalDateTime.parse("2026-11-01T10:30"), LocalDateTime.parse("2026-11-02T00:00"), false));
    }

    @ParameterizedTest
    @CsvSource({
        "--reseal 2026-11-03..2026-11-01, a day or two such as",
        "--reseal 2026-11-31, a day or two such as",
        "--reseal 2026-11-01..2026-12-02, 31 days at most",
        "--reseal yesterday, yesterday",
        "--from 2026-11-01, (missing)",
        "--from 2026-11-02 --to 2026-11-02, the earlier one first",
        "--from 10:00 --to 2026-11-02, two days or times such as",
        "--from 2026-11-01 --to 2026-12-03, 31 days apart at most",
        "--verify true --reseal 2026-11-01, one of them"
    })
    void completionThatCannotBeIsRefused(String arguments, String expected) {
        String[] all = ("--cluster_name hr " + arguments).split(" ", -1);
        assertThat(problemsOf(all)).singleElement().asString().contains(expected);
    }

    /** A run's arguments come after the job's own. */
    @Test
    void lastOfEqualNamesCounts() {
        assertThat(JobArguments.parse("--cluster_name", "sales", "--window_minutes=5", "--cluster_name", "hr")
                        .cluster())
                .isEqualTo(HR);
    }

    @Test
    void flagWithoutValueDoesNotSwallowTheNextName() {
        assertThat(JobArguments.parse("--enable-metrics", "--cluster_name", "hr", "--enable-observability-metrics")
                        .cluster())
                .isEqualTo(HR);
    }

    @Test
    void valueOfAnUnknownArgumentMayLookLikeAName() {
        assertThat(JobArguments.parse(
                        "--customer-driver-env-vars",
                        "--a=b",
                        "--cluster_name",
                        "hr",
                        "--customer-executor-env-vars",
                        "--c --cluster_name x",
                        "--empty",
                        "",
                        "stray"))
                .isEqualTo(DEFAULTS);
    }

    @Test
    void clusterIsNeeded() {
        assertThat(problemsOf())
                .containsExactly("--cluster_name = (missing): expected the name of the cluster to export");
        assertThat(problemsOf("--cluster_name")).hasSize(1);
        assertThat(problemsOf("--cluster_name", "--window_minutes", "5")).hasSize(1);
        assertThat(problemsOf("--cluster_name", "HR"))
                .containsExactly("--cluster_name = 'HR': expected " + ClusterName.EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "", " 5", "five", "05", "1000000", "99999999999999999999", "\u0665"})
    void badNumberIsAProblem(String value) {
        assertThat(problemsOf("--cluster_name", "hr", "--budget_minutes", value))
                .containsExactly("--budget_minutes = '" + value + "': expected a whole number, at least 1");
    }

    @Test
    void allProblemsAreReportedTogether() {
        assertThat(problemsOf(
                        "--settle_seconds",
                        "soon",
                        "--cluster_name",
                        "global",
                        "--window_minutes=0",
                        "--budget_minutes",
                        "long"))
                .containsExactly(
                        "--cluster_name = 'global': expected another name, 'global' is reserved for the parameters"
                                + " of all clusters",
                        "--settle_seconds = 'soon': expected a whole number, at least 1",
                        "--window_minutes = '0': expected a whole number, at least 1",
                        "--budget_minutes = 'long': expected a whole number, at least 1");
    }
}
