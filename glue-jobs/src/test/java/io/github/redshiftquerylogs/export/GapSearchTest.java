package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.watermark.Gap;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The horizon of a cluster with a busy table and one whose rows are all of today. */
class GapSearchTest {

    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-25T12:00:00");
    private static final LocalDateTime HORIZON = NOW.minusDays(7).plusHours(3);
    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeCluster cluster = new FakeCluster(NOW);
    private final GapSearch search = new GapSearch(cluster, List.of(table("today"), table("busy"), table("log")), NOW);

    private static ExportDeclaration table(String name) {
        return FakeCluster.declaration(name, FakeCluster.sql(name));
    }

    @BeforeEach
    void fill() {
        for (LocalDateTime time = HORIZON; time.isBefore(NOW); time = time.plus(HOUR)) {
            cluster.add("busy", time, 0);
        }
        cluster.add("today", NOW.minusHours(1), 0);
    }

    private Optional<Gap> gap(LocalDateTime readUpTo, LocalDateTime newest) {
        return search.of(table("log"), readUpTo, Optional.of(newest));
    }

    @Test
    void horizonIsTheOldestRowOfAnyTable() {
        assertThat(gap(NOW.minusDays(5), NOW.minusDays(9)))
                .as("quiet since before the horizon")
                .isEmpty();
        assertThat(gap(HORIZON, NOW.minusDays(9))).as("read up to the horizon").isEmpty();
        assertThat(gap(HORIZON.minusNanos(1_000), NOW.minusDays(9)))
                .contains(new Gap(HORIZON.minusNanos(1_000), HORIZON));
    }

    @Test
    void gapEndsAtTheFirstRowOfTheTableIfThatIsBeforeTheHorizon() {
        LocalDateTime next = NOW.minusDays(6);
        cluster.add("log", next, 0);
        assertThat(gap(NOW.minusDays(8), NOW.minusDays(8))).contains(new Gap(NOW.minusDays(8), HORIZON));
        assertThat(gap(NOW.minusDays(6).minusHours(2), NOW.minusDays(6).minusHours(2)))
                .as("gone before its time")
                .contains(new Gap(NOW.minusDays(6).minusHours(2), next));
    }

    @Test
    void horizonIsAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        cluster.interfere(sql -> asked.addAndGet(sql.contains("from busy") ? 1 : 0));
        gap(NOW.minusDays(5), NOW.minusDays(9));
        gap(NOW.minusDays(8), NOW.minusDays(9));
        assertThat(asked).hasValue(1);
    }

    @Test
    void horizonThatIsNotAnsweredIsNotAskedForAgain() {
        AtomicInteger asked = new AtomicInteger();
        cluster.interfere(sql -> {
            if (sql.contains("from busy")) {
                asked.incrementAndGet();
                throw SourceException.ofReply(
                        FailureCategory.SOURCE, "canceling statement due to timeout", "57014", false, "timeout");
            }
        });
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> gap(NOW.minusDays(8), NOW.minusDays(9))).hasMessageContaining("timeout");
        }
        assertThat(asked).hasValue(1);
    }
}
