package io.github.redshiftquerylogs.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.watermark.StartingPoint.Origin;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartingPointTest {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-19T12:00:00");
    private static final Optional<LocalDateTime> ELEVEN = Optional.of(NOON.minusHours(1));
    private static final Watermark MARK = new Watermark(NOON, ELEVEN, "table-1", "host:a");

    @Test
    void watermarkDecidesWhileTheLakeAgrees() {
        assertThat(StartingPoint.of(Optional.of(MARK), "table-1", ELEVEN))
                .isEqualTo(new StartingPoint(Optional.of(NOON), Origin.WATERMARK));
    }

    @Test
    void idleClusterGoesOnAtTheWatermarkThoughTheLakeHasNoRowOfIt() {
        Watermark idle = new Watermark(NOON, Optional.empty(), "table-1", "host:a");
        assertThat(StartingPoint.of(Optional.of(idle), "table-1", Optional.empty()))
                .isEqualTo(new StartingPoint(Optional.of(NOON), Origin.WATERMARK));
    }

    @Test
    void crashBetweenCommitAndWatermarkGoesOnWhereTheLakeIs() {
        Optional<LocalDateTime> later = Optional.of(NOON.plusMinutes(3));
        assertThat(StartingPoint.of(Optional.of(MARK), "table-1", later))
                .isEqualTo(new StartingPoint(later, Origin.LAKE));
    }

    /** Rows up to the watermark are added by sealing only, so everything up to it was read. */
    @Test
    void lateRowThatIsTheNewestOfAQuietTableDoesNotVoidTheWatermark() {
        assertThat(StartingPoint.of(Optional.of(MARK), "table-1", Optional.of(NOON.minusMinutes(30))))
                .isEqualTo(new StartingPoint(Optional.of(NOON), Origin.WATERMARK));
        Watermark idle = new Watermark(NOON, Optional.empty(), "table-1", "host:a");
        assertThat(StartingPoint.of(Optional.of(idle), "table-1", Optional.of(NOON)))
                .isEqualTo(new StartingPoint(Optional.of(NOON), Origin.WATERMARK));
    }

    @Test
    void lostStateGoesOnWhereTheLakeIs() {
        assertThat(StartingPoint.of(Optional.empty(), "table-1", ELEVEN))
                .isEqualTo(new StartingPoint(ELEVEN, Origin.LAKE));
    }

    @Test
    void lakeThatWasRolledBackIsReadAgainFromWhereItIs() {
        Optional<LocalDateTime> earlier = Optional.of(NOON.minusHours(2));
        assertThat(StartingPoint.of(Optional.of(MARK), "table-1", earlier))
                .isEqualTo(new StartingPoint(earlier, Origin.LAKE));
    }

    @Test
    void lakeThatWasReplacedIsFilledFromTheBeginning() {
        assertThat(StartingPoint.of(Optional.of(MARK), "table-2", Optional.empty()))
                .isEqualTo(new StartingPoint(Optional.empty(), Origin.FIRST_EXPORT));
    }

    @Test
    void replacedTableWithTheSameGreatestTimeIsStillAnotherTable() {
        assertThat(StartingPoint.of(Optional.of(MARK), "table-2", ELEVEN))
                .isEqualTo(new StartingPoint(ELEVEN, Origin.LAKE));
    }

    /** It would begin with rows that the lake has: rows up to the fence are not protected by it. */
    @Test
    void watermarkBehindTheLakesGreatestTimeIsVoid() {
        Watermark behind = new Watermark(NOON.minusHours(2), ELEVEN, "table-1", "host:a");
        assertThat(StartingPoint.of(Optional.of(behind), "table-1", ELEVEN))
                .isEqualTo(new StartingPoint(ELEVEN, Origin.LAKE));
    }
}
