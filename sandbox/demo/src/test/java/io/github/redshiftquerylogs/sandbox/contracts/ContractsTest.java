package io.github.redshiftquerylogs.sandbox.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.contract.ResourceNames;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/contracts.md} against the code, both ways, so that it cannot go stale silently. */
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
    void environmentIsWhatTheCodeAsksFor() {
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

        assertThat(PAGE.names("### Environment", 0)).isEqualTo(asked);
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
    void stateOfTheLambdaIsThatOfTheCode() throws IOException {
        Set<String> entries = new TreeSet<>();
        Pattern constant = Pattern.compile("static final String (\\w+) = \"([^\"]+)\"|item\\.put\\(\"(\\w+)\"");
        for (String source : List.of(
                source("cluster-config", "contract/StateEntries.java"),
                source("orchestrator-lambda", "orchestrator/state/DynamoDbItems.java"),
                source("orchestrator-lambda", "orchestrator/state/DynamoDbStateTable.java"),
                source("orchestrator-lambda", "orchestrator/monitor/DynamoDbWatchTable.java"))) {
            Matcher matcher = constant.matcher(source);
            while (matcher.find()) {
                entries.add(Optional.ofNullable(matcher.group(2)).orElse(String.valueOf(matcher.group(3))));
            }
        }
        // the beginning of the job's
        entries.remove("table#");

        assertThat(entries).contains("start#latest", "sha256", "described_at", "node_type");
        assertThat(documentedState()).containsAll(entries);
    }

    /** Every text in the code that looks like an attribute, also within update expressions. */
    @Test
    void stateOfTheJobIsThatOfTheCode() throws IOException {
        Set<String> attributes = new TreeSet<>();
        Matcher text = Pattern.compile("\"([^\"]*)\"")
                .matcher(source("cluster-config", "contract/StateEntries.java")
                        + source("glue-jobs", "watermark/DynamoDbExportState.java"));
        while (text.find()) {
            if (text.group(1).startsWith("uuuu")) {
                // how times are written
                continue;
            }
            Matcher word =
                    Pattern.compile("(?<![:#\\w])[a-z]+(_[a-z]+)*#?(?![\\w(])").matcher(text.group(1));
            while (word.find()) {
                attributes.add(word.group());
            }
        }

        assertThat(attributes).contains("read_up_to", "table#", "attempt_from", "until");
        String state = PAGE.section("## State");
        assertThat(attributes).allSatisfy(attribute -> assertThat(state).contains(attribute));
    }

    @Test
    void keysAndNamesAreThoseOfTheCode() {
        assertThat(PAGE.section("## State"))
                .contains("`" + ResourceNames.STATE_PARTITION_KEY + "`", "`" + ResourceNames.STATE_SORT_KEY + "`");
        assertThat(PAGE.text())
                .contains(
                        "`" + ResourceNames.job(new ClusterName("a-cluster")).replace("a-cluster", "<cluster>") + "`");
    }

    /** The negative control: a page that lacks one, or has one too many, is noticed by the comparisons above. */
    @Test
    void namesOfATableAreReadOneByOne() {
        ContractsPage page =
                new ContractsPage("## A\n\n| `one`, `two` | `three` |\n|---|---|\n\n## B\n\n| `four` | |\n");

        assertThat(page.names("## A", 0)).containsExactly("one", "two");
        assertThat(page.names("## A", 1)).containsExactly("three");
        assertThat(page.names("## B", 0)).containsExactly("four");
    }

    private static Set<String> documentedState() {
        Set<String> names = new TreeSet<>(PAGE.names("## State", 0));
        names.addAll(PAGE.names("## State", 1));
        names.addAll(PAGE.names("## State", 3));
        return names;
    }

    private static String source(String module, String file) throws IOException {
        return Files.readString(Packages.root()
                .resolve(module)
                .resolve(Path.of("src/main/java/io/github/redshiftquerylogs"))
                .resolve(file));
    }
}
