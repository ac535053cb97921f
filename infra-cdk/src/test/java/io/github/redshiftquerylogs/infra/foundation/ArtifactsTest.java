package io.github.redshiftquerylogs.infra.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactsTest {

    @Test
    void missingJarsAreOneLineWithTheCommand(@TempDir Path empty) {
        assertThatThrownBy(() -> Artifacts.in(empty))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("missing: orchestrator-lambda/target/orchestrator-lambda-" + Artifacts.version()
                        + "-lambda.jar, glue-jobs/target/glue-jobs-" + Artifacts.version()
                        + "-job.jar, glue-jobs/src/main/glue/ExportJob.scala, athena-ddl."
                        + " Run this first: mvn -B -Ddeploy package  (in " + empty + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../README.md", "README.md", "app"})
    void theCommandIsTheSameEverywhere(String file) throws IOException {
        assertThat(Files.readString(Path.of(file))).contains(Artifacts.BUILD).doesNotContain("maven.test.skip");
    }

    /** Tables with records of the job itself are none. */
    @Test
    void exportedTablesAreThoseThatAreDeclared() throws IOException {
        Path any = Path.of("any");
        try (Stream<Path> declarations = Files.list(Path.of("../glue-jobs/src/main/resources/declarations"));
                Stream<Path> tables = Files.list(Path.of("../athena-ddl/tables"))) {
            List<String> exported = new Artifacts(any, any, any, Path.of("../athena-ddl"), any).exportedTables();
            assertThat(exported)
                    .containsExactlyElementsOf(declarations
                            .map(file -> file.getFileName().toString().replaceFirst("\\.yaml$", ""))
                            .sorted()
                            .toList());
            assertThat(tables).hasSizeGreaterThan(exported.size());
        }
    }

    /** The CDK's command line warns of older ones. */
    @Test
    void theVersionOfNodeIsTheSameEverywhere() throws IOException {
        String wanted = "Node 22 or newer";

        assertThat(Files.readString(Path.of("package.json"))).contains("\"node\": \">=22\"");
        assertThat(Files.readString(Path.of("README.md"))).contains(wanted);
        assertThat(Files.readString(Path.of("../README.md"))).contains(wanted);
    }

    @Test
    void theVersionIsTheProjects() {
        assertThat(Artifacts.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
