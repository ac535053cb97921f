package io.github.redshiftquerylogs.sandbox.aws.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRunRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkSubmitArgumentsTest {

    private static final List<Path> JARS = List.of(Path.of("job.jar"));

    @Test
    void aChainOfSettingsInOneValueBecomesOneConfEach() {
        assertThat(SparkSubmitArguments.settings("a.b=1 --conf c=x y=z  --conf\td=--confuse"))
                .containsExactly("a.b=1", "c=x y=z", "d=--confuse");
    }

    @Test
    void noSettingsAreNone() {
        assertThat(SparkSubmitArguments.settings(" ")).isEmpty();
    }

    @Test
    void theJobGetsAllItsArgumentsAndThoseThatGlueAdds() {
        List<String> line = SparkSubmitArguments.of(
                request("--class", "Main", "--cluster", "a b", "--conf", "x=1"), JARS, Map.of());

        assertThat(line.subList(line.indexOf("job.jar") + 1, line.size()))
                .startsWith("--class", "Main", "--cluster", "a b", "--conf", "x=1", "--JOB_NAME", "a")
                .containsSubsequence("--JOB_RUN_ID", "jr_1", "--JOB_ID");
        assertThat(line).containsSubsequence("--conf", "x=1", "--class", "Main", "job.jar");
    }

    @Test
    void theClusterHasTheLastWord() {
        assertThat(SparkSubmitArguments.of(
                        request("--class", "Main", "--conf", "spark.ui.enabled=true"),
                        JARS,
                        Map.of("spark.ui.enabled", "false")))
                .containsSubsequence("--conf", "spark.ui.enabled=true", "--conf", "spark.ui.enabled=false", "job.jar");
    }

    @Test
    void theFirstJarIsTheJobAndTheOthersStandBeside() {
        assertThat(SparkSubmitArguments.of(
                        request("--class", "Main"),
                        List.of(Path.of("a.jar"), Path.of("b.jar"), Path.of("c.jar")),
                        Map.of()))
                .containsSubsequence("--jars", "b.jar,c.jar", "--class", "Main", "a.jar");
    }

    @Test
    void aJobNeedsAClassAndAJar() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SparkSubmitArguments.of(request("--class", "Main"), List.of(), Map.of()))
                .withMessageContaining("--extra-jars");
        assertThatIllegalStateException().isThrownBy(() -> SparkSubmitArguments.of(request(), JARS, Map.of()));
    }

    private static JobRunRequest request(String... arguments) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            map.put(arguments[i], arguments[i + 1]);
        }
        return new JobRunRequest("a", "jr_1", "glueetl", "", map, List.of(), Duration.ofMinutes(30));
    }
}
