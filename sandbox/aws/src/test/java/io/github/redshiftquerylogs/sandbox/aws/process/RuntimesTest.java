package io.github.redshiftquerylogs.sandbox.aws.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimesTest {

    @TempDir
    private Path repository;

    private Path target;

    @BeforeEach
    void createTarget() throws IOException {
        target = Files.createDirectories(repository.resolve("sandbox/runtimes/s3/target"));
    }

    @Test
    void aClassPathIsFoundFromTheRootAndFromAnyModule() throws IOException {
        Files.writeString(target.resolve("classpath"), "/m2/a.jar:/m2/b.jar\n");

        assertThat(Runtimes.classPath("s3", repository)).isEqualTo("/m2/a.jar:/m2/b.jar");
        assertThat(Runtimes.classPath("s3", repository.resolve("glue-jobs/target")))
                .isEqualTo("/m2/a.jar:/m2/b.jar");
    }

    @Test
    void theClassesOfTheModuleComeFirst() throws IOException {
        Files.writeString(target.resolve("classpath"), "/m2/a.jar");
        Path classes = Files.createDirectories(target.resolve("classes"));

        assertThat(Runtimes.classPath("s3", repository)).isEqualTo(classes + File.pathSeparator + "/m2/a.jar");
    }

    @Test
    void whatWasNotBuiltIsNamedWithTheCommandThatBuildsIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Runtimes.classPath("s3", repository))
                .withMessageContaining("s3/target/classpath is missing")
                .withMessageContaining("./mvnw -DskipTests package");
    }

    @Test
    void outsideOfTheRepositoryThereAreNone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Runtimes.classPath("s3", Path.of("/")))
                .withMessageContaining("no sandbox/runtimes");
    }
}
