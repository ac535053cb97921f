package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDateTime;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The position of a cluster, from the metadata of the lake. */
class ClusterRowsTest {

    private static final ClusterName CLUSTER = new ClusterName("product-warehouse");

    @AutoClose
    private static final LocalLake LAKE = new LocalLake();

    private Table table;

    @BeforeEach
    void newTable() {
        table = LAKE.table(LocalLake.declaration());
    }

    @Test
    void emptyTableHasNoPosition() {
        LakePosition position = position(Optional.empty());
        assertThat(position.snapshotId()).isEmpty();
        assertThat(position.maxLogTime()).isEmpty();
    }

    @Test
    void greatestIsExactToTheMicrosecondAndOfTheClusterAlone() {
        append(CLUSTER.value(), "2026-11-19T01:00:00.000001", "2026-11-19T01:00:00.123457");
        append("other", "2026-11-19T09:00");
        assertThat(position(Optional.empty()).maxLogTime()).contains(LocalDateTime.parse("2026-11-19T01:00:00.123457"));
    }

    @Test
    void hintDoesNotChangeTheResult() {
        append(CLUSTER.value(), "2026-11-17T01:00", "2026-11-18T01:00", "2026-11-19T01:00");
        for (String hint :
                new String[] {"2026-11-01T00:00", "2026-11-18T12:00", "2026-11-19T01:00", "2026-12-01T00:00"}) {
            assertThat(position(Optional.of(LocalDateTime.parse(hint))).maxLogTime())
                    .as("hint %s", hint)
                    .contains(LocalDateTime.parse("2026-11-19T01:00"));
        }
    }

    @Test
    void fileWithoutBoundsIsReadBecauseUnknownIsNotEmpty() {
        append(CLUSTER.value(), "2026-11-19T01:00");
        table.updateProperties()
                .set("write.metadata.metrics.column.log_time", "none")
                .commit();
        append(CLUSTER.value(), "2026-11-19T02:00");
        assertThat(position(Optional.empty()).maxLogTime()).contains(LocalDateTime.parse("2026-11-19T02:00"));
        assertThat(position(Optional.of(LocalDateTime.parse("2026-11-19T01:00")))
                        .maxLogTime())
                .contains(LocalDateTime.parse("2026-11-19T02:00"));
    }

    private void append(String cluster, String... times) {
        AppendFiles append = table.newAppend();
        LocalLake.write(table, cluster, times).forEach(append::appendFile);
        append.commit();
    }

    private LakePosition position(Optional<LocalDateTime> hint) {
        table.refresh();
        return new ClusterRows(table, CLUSTER).position(hint);
    }
}
