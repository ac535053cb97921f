package io.github.redshiftquerylogs.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckExportsTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private void check(Path checked) {
        CheckExports.check(checked, new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    @Test
    void examplesHaveNoProblem() {
        check(Path.of("../examples/exports"));
        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("ok: own_large_orders\nok: own_open_orders\n");
    }

    @Test
    void everyProblemIsALineWithFileAndLine() throws IOException {
        Files.writeString(
                folder.resolve("own_a.yaml"),
                "name: own_a\nreread: no\nlog_time_rule: a\nsql: drop table t -- :from :to\nkey: [b]\n");
        Files.writeString(folder.resolve("own_b.yml"), "");
        assertThatThrownBy(() -> check(folder)).hasMessage("2 of 2 own exports are broken");
        assertThat(output.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        folder
                                + "/own_a.yaml: columns is missing: expected entries such as {name: userid, type: integer}",
                        folder
                                + "/own_a.yaml:4: sql begins with 'drop': expected one query, which begins with select or"
                                + " with",
                        folder
                                + "/own_a.yaml:5: key has 'b', which is not among the columns: expected declared columns",
                        folder + "/own_b.yml: has another ending: expected .yaml");
    }

    @Test
    void folderWithoutExportsAndNoFolderAreRefused() throws IOException {
        Files.writeString(folder.resolve("README.md"), "nothing");
        assertThatThrownBy(() -> check(folder)).hasMessage("no own export in " + folder + ": expected files *.yaml");
        assertThatThrownBy(() -> check(folder.resolve("none")))
                .hasMessage("DIR = '" + folder.resolve("none") + "': expected a folder with own exports");
        assertThatThrownBy(() -> CheckExports.main())
                .hasMessage("0 arguments: expected one, a folder with own exports");
    }
}
