package io.github.redshiftquerylogs.infra.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {

    @Test
    void missingJarsAreOneLineWithTheCommand(@TempDir Path empty) {
        assertThatThrownBy(() -> Artifacts.in(empty))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("missing: orchestrator-lambda/target/orchestrator-lambda-" + Artifacts.version()
                        + "-lambda.jar, glue-jobs/target/glue-jobs-" + Artifacts.version()
                        + "-job.jar, glue-jobs/src/main/glue/ExportJob.scala, athena-ddl."
                        + " Run this first: mvn -B -Dmaven.test.skip=true package  (in " + empty + ")");
    }

    @Test
    void theVersionIsTheProjects() {
        assertThat(Artifacts.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
