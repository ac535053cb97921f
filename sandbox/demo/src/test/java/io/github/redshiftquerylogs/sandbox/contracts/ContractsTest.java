package io.github.redshiftquerylogs.sandbox.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.contract.MetricNames;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.SparkSettings;
import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/contracts.md} with the code, in both directions. */
class ContractsTest {

    private static final ContractsPage PAGE = ContractsPage.read();

    @Test
    void parametersAreThoseOfTheCode() throws ReflectiveOperationException {
        ClusterName cluster = new ClusterName("a-cluster");
        Set<String> names = new TreeSet<>();
        for (Field field : ParameterNames.class.getFields()) {
            // others may be parts of names
            if (field.get(null) instanceof String name && !name.endsWith(".")) {
                names.add(name);
            }
        }
        for (Method method : ParameterNames.class.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())
                    && Arrays.equals(method.getParameterTypes(), new Class<?>[] {ClusterName.class})) {
                names.add(method.invoke(null, cluster).toString().replace("a-cluster", "<cluster>"));
            }
        }

        assertThat(PAGE.names("## Parameters", 0)).isEqualTo(names);
    }

    @Test
    void jobArgumentsAreThoseOfTheCode() throws ReflectiveOperationException {
        Set<String> names = new TreeSet<>();
        for (Field field : JobArguments.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType().equals(String.class)) {
                field.setAccessible(true);
                names.add(String.valueOf(field.get(null)));
            }
        }

        assertThat(names).contains("--cluster_name", "--JOB_RUN_ID");
        assertThat(PAGE.names("### Arguments", 0)).isEqualTo(names);
    }

    @Test
    void defaultsOfJobArgumentsAreThoseOfTheCode() {
        Map<String, String> defaults = JobArguments.of(
                        new ClusterName("a-cluster"), ResourceNames.DATABASE, ResourceNames.STATE_TABLE)
                .toArguments();
        PAGE.rows("### Arguments").stream()
                .filter(row -> defaults.containsKey(row.get(0).replace("`", "")))
                .filter(row -> !row.get(2).equals("required"))
                .forEach(row -> assertThat(row.get(2).replace("`", ""))
                        .as(row.get(0))
                        .isEqualTo(defaults.get(row.get(0).replace("`", ""))));
    }

    @Test
    void environmentIsWhatTheCodeAsksFor() throws ReflectiveOperationException {
        Set<String> asked = new TreeSet<>();
        Map<String, String> recording = new HashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            public String getOrDefault(Object name, String fallback) {
                asked.add(name.toString());
                return name.equals("JOB_JAR") || name.equals("JOB_SCRIPT") ? "s3://bucket/key" : fallback;
            }
        };

        Environment environment = Environment.parse(recording);

        assertThat(PAGE.names("### Environment", 0)).isEqualTo(asked).isEqualTo(constants(LambdaVariables.class));
        assertThat(PAGE.section("### Environment"))
                .contains("`" + environment.stateTable() + "`", "`" + environment.database() + "`");
    }

    @Test
    void outcomesAreThoseOfTheCode() {
        assertThat(PAGE.names("### Result", 0))
                .isEqualTo(
                        Arrays.stream(Outcome.values()).map(Outcome::toString).collect(Collectors.toSet()));
    }

    @Test
    void metricsAreThoseOfTheCode() throws ReflectiveOperationException {
        Set<String> metrics = constants(MetricNames.class);
        metrics.removeAll(Set.of(MetricNames.NAMESPACE, MetricNames.CLUSTER));

        assertThat(PAGE.names("### Metrics", 0)).isEqualTo(metrics);
        assertThat(PAGE.section("### Metrics")).contains("`" + MetricNames.NAMESPACE + "`", MetricNames.CLUSTER);
    }

    @Test
    void sparkSettingsAreThoseOfTheCode() {
        assertThat(PAGE.properties("spark")).isEqualTo(SparkSettings.of("s3://my-lake/logs"));
    }

    @Test
    void entriesOfTheStateTableAreThoseOfTheCode() throws ReflectiveOperationException {
        Set<String> entries = constants(StateEntries.class);
        entries.remove(StateEntries.TABLE_PREFIX);
        entries.add(StateEntries.table("<table>"));
        entries.remove(StateEntries.GAP_PREFIX);
        entries.add(StateEntries.gap("<table>", "<from>"));
        entries.remove(StateEntries.COUNT_PREFIX);
        entries.add(StateEntries.count("<table>"));
        entries.remove(StateEntries.SNAPSHOT_PREFIX);
        entries.add(StateEntries.snapshot("<table>"));
        entries.remove(StateEntries.EXPIRY_PREFIX);
        entries.add(StateEntries.expiry("<table>"));
        // no entry, but whose it is
        entries.remove(StateEntries.LAKE);

        assertThat(entries).contains("table#<table>", "gap#<table>#<from>", "run#latest", "start#latest");
        assertThat(PAGE.names("## State", 0)).isEqualTo(entries);
    }

    @Test
    void attributesOfTheStateTableAreThoseOfTheCode() throws ReflectiveOperationException {
        Set<String> attributes = constants(StateAttributes.class);
        // a value
        attributes.remove(StateAttributes.SUCCEEDED);

        assertThat(attributes).contains("read_up_to", "attempt_from", "until", "sha256", "described_at", "node_type");
        assertThat(PAGE.names("## State", 1)).isEqualTo(attributes);
        assertThat(PAGE.names("## State", 3)).contains(StateAttributes.SUCCEEDED);
    }

    /** Entries and attributes have their names from the contract, also within update expressions. */
    @Test
    void stateIsWrittenWithTheNamesOfTheContract() throws IOException, ReflectiveOperationException {
        Set<String> names = new TreeSet<>(constants(StateAttributes.class));
        names.addAll(constants(StateEntries.class));
        for (String source : List.of(
                source("glue-jobs", "watermark/DynamoDbExportState.java"),
                source("orchestrator-lambda", "orchestrator/state/DynamoDbStateTable.java"),
                source("orchestrator-lambda", "orchestrator/monitor/DynamoDbMonitorTable.java"))) {
            assertThat(writtenOut(source, names)).isEmpty();
        }
        assertThat(writtenOut("set(\"SET read_up_to = :upto\", \"run#latest\", \"#run\")", names))
                .containsExactly("read_up_to", "run#latest");
    }

    private static Set<String> writtenOut(String source, Set<String> names) {
        Set<String> found = new TreeSet<>();
        String withoutLogs =
                source.lines().filter(line -> !line.contains("LOG.")).collect(Collectors.joining("\n"));
        Matcher text = Pattern.compile("\"([^\"]*)\"").matcher(withoutLogs);
        while (text.find()) {
            Matcher word = Pattern.compile("(?<![:#\\w])[a-z]\\w*(#\\w*)?").matcher(text.group(1));
            while (word.find()) {
                if (names.contains(word.group())) {
                    found.add(word.group());
                }
            }
        }
        return found;
    }

    @Test
    void keysAndNamesAreThoseOfTheCode() {
        assertThat(PAGE.section("## State"))
                .contains("`" + ResourceNames.STATE_PARTITION_KEY + "`", "`" + ResourceNames.STATE_SORT_KEY + "`");
        assertThat(PAGE.text())
                .contains(
                        "`" + ResourceNames.job(new ClusterName("a-cluster")).replace("a-cluster", "<cluster>") + "`");
    }

    /** The negative control: the comparisons above fail for a page with a missing or an additional entry. */
    @Test
    void namesOfATableAreReadOneByOne() {
        ContractsPage page =
                new ContractsPage("## A\n\n| `one`, `two` | `three` |\n|---|---|\n\n## B\n\n| `four` | |\n");

        assertThat(page.names("## A", 0)).containsExactly("one", "two");
        assertThat(page.names("## A", 1)).containsExactly("three");
        assertThat(page.names("## B", 0)).containsExactly("four");
    }

    private static Set<String> constants(Class<?> names) throws ReflectiveOperationException {
        Set<String> values = new TreeSet<>();
        for (Field field : names.getFields()) {
            values.add(String.valueOf(field.get(null)));
        }
        return values;
    }

    private static String source(String module, String file) throws IOException {
        return Files.readString(Packages.root()
                .resolve(module)
                .resolve(Path.of("src/main/java/io/github/redshiftquerylogs"))
                .resolve(file));
    }
}
