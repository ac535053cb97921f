package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.lake.FaultyCatalog;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.ReplacedValues;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.transfer.ReadWindow;
import io.github.redshiftquerylogs.window.Window;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PendingWindowsTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T00:00:00");
    private static final ReadWindow NO_ROWS =
            new ReadWindow(new WrittenFiles(List.of(), null, ReplacedValues.none()), Optional.empty());

    @AutoClose
    private final PendingWindows pending = pending();

    private static PendingWindows pending() {
        Lake lake = new Lake(new FaultyCatalog(), "model", "memory://lake");
        lake.createDatabase();
        return new PendingWindows(lake.open(FakeCluster.declaration("log", FakeCluster.SQL), new ClusterName("model")));
    }

    private void add(int from, int to) {
        pending.add(new Window(START.plusHours(from), START.plusHours(to)), NO_ROWS, Duration.ZERO);
    }

    @Test
    void windowsThatFollowEachOtherAreOne() {
        add(0, 6);
        add(6, 9);
        assertThat(pending.window()).isEqualTo(new Window(START, START.plusHours(9)));
    }

    /** The watermark would pass the time in between. */
    @Test
    void timeInBetweenIsRefused() {
        add(0, 6);
        assertThatThrownBy(() -> add(7, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("(2026-11-18T07:00, 2026-11-18T09:00] does not begin where the window before it ends:"
                        + " expected 2026-11-18T06:00");
    }

    @Test
    void onlyALaterWindowWithoutRowsIsDropped() {
        add(0, 6);
        assertThat(pending.dropEmptyEnd()).as("the only one").isFalse();
        add(6, 9);
        assertThat(pending.dropEmptyEnd()).isTrue();
        assertThat(pending.window()).isEqualTo(new Window(START, START.plusHours(6)));
    }
}
