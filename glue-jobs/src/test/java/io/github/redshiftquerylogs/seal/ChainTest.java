package io.github.redshiftquerylogs.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.DayRows;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each value of an entry, its place and its cluster change the head. */
class ChainTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final Optional<LocalDateTime> NINE = Optional.of(DAY.atTime(9, 0));
    private static final SealedDay.Late LATE = new SealedDay.Late(1, Duration.ofSeconds(2), 3, 4);
    private static final DayRows ROWS = new DayRows(5, "ab", NINE, NINE);

    private static SealedDay day(SealedDay.State state, OptionalLong sourceRows, DayRows rows, SealedDay.Late late) {
        return new SealedDay("t", DAY, 1, state, sourceRows, rows, late, "run");
    }

    @Test
    void eachValueCounts() {
        SealedDay.State sealed = SealedDay.State.SEALED;
        OptionalLong six = OptionalLong.of(6);
        List<String> heads = List.of(
                        day(sealed, six, ROWS, LATE),
                        new SealedDay("u", DAY, 1, sealed, six, ROWS, LATE, "run"),
                        new SealedDay("t", DAY.plusDays(1), 1, sealed, six, ROWS, LATE, "run"),
                        new SealedDay("t", DAY, 2, sealed, six, ROWS, LATE, "run"),
                        day(SealedDay.State.COUNTED_ONLY, six, ROWS, LATE),
                        day(sealed, OptionalLong.empty(), ROWS, LATE),
                        day(sealed, OptionalLong.of(7), ROWS, LATE),
                        day(sealed, six, new DayRows(6, "ab", NINE, NINE), LATE),
                        day(sealed, six, new DayRows(5, "ac", NINE, NINE), LATE),
                        day(sealed, six, new DayRows(5, "ab", Optional.empty(), NINE), LATE),
                        day(sealed, six, new DayRows(5, "ab", NINE, Optional.empty()), LATE),
                        day(sealed, six, ROWS, new SealedDay.Late(2, Duration.ofSeconds(2), 3, 4)),
                        day(sealed, six, ROWS, new SealedDay.Late(1, Duration.ofSeconds(3), 3, 4)),
                        day(sealed, six, ROWS, new SealedDay.Late(1, Duration.ofSeconds(2), 4, 4)),
                        day(sealed, six, ROWS, new SealedDay.Late(1, Duration.ofSeconds(2), 3, 5)),
                        new SealedDay("t", DAY, 1, sealed, six, ROWS, LATE, "other"))
                .stream()
                .map(entry -> Chain.EMPTY.plus("product", entry).head())
                .toList();
        assertThat(heads).doesNotHaveDuplicates().allMatch(head -> head.matches("[0-9a-f]{64}"));
    }

    @Test
    void placeAndClusterCount() {
        SealedDay entry = day(SealedDay.State.SEALED, OptionalLong.of(6), ROWS, LATE);
        Chain once = Chain.EMPTY.plus("product", entry);
        assertThat(once.sequence()).isEqualTo(1);
        assertThat(once.plus("product", entry).head()).isNotEqualTo(once.head());
        assertThat(Chain.EMPTY.plus("other", entry).head()).isNotEqualTo(once.head());
        assertThat(Chain.EMPTY.plus("product", entry)).as("the same each time").isEqualTo(once);
    }
}
