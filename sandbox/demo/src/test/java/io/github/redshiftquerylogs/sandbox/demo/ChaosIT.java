package io.github.redshiftquerylogs.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.demo.load.ClusterKind;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterPlan;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./demo --chaos}: runs are killed, requests suffer, and the lake has each row once. */
class ChaosIT {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @Test
    void killedRunAndFaultsLeaveNoTrace() throws Exception {
        ChaosProgramme oneCluster = new ChaosProgramme(seed -> List.of(
                ClusterPlan.of("web_shop", ClusterKind.DATA_API, SystemTables.tables(Patch.NEWER), "core", seed)));

        assertThat(play(oneCluster, Duration.ofHours(6), 1, 1)).as(text()).isZero();

        assertThat(text())
                .contains("kills     1 of 1", "0 lost, 0 doubled, 0 changed")
                .containsPattern("faults    [1-9]\\d* of \\d{2,} requests")
                .containsPattern("rows      \\d{4,} compared");
        assertThat(folder.resolve("chaos.log"))
                .content()
                .containsPattern("killed jr_\\w+ PT")
                .contains("ReceivedCall[");
    }

    @Test
    @Tag("long")
    void hundredKilledRunsAndFaultsLeaveNoTrace() throws Exception {
        assertThat(play(new ChaosProgramme(), ChaosProgramme.HISTORY, 100, 1))
                .as(text())
                .isZero();

        assertThat(text()).contains("kills     100 of 100", "0 lost, 0 doubled, 0 changed");
    }

    private int play(ChaosProgramme programme, Duration history, int kills, long seed) throws Exception {
        System.setProperty("demo.log", folder.resolve("lambda.log").toString());
        System.setProperty("demo.chaos.log", folder.resolve("chaos.log").toString());
        // another test of this process may have opened the logs in another folder
        Configurator.reconfigure();
        return Performance.play(
                programme,
                history,
                new DemoOptions(false, false, seed, kills, Optional.empty()),
                folder,
                new Progress(new PrintStream(terminal, true, StandardCharsets.UTF_8), false));
    }

    private String text() {
        return terminal.toString(StandardCharsets.UTF_8);
    }
}
