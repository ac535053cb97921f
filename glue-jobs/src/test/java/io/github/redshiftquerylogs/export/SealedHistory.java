package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.TestingLake;
import io.github.redshiftquerylogs.seal.Chain;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.data.Record;

/** A random history in which some rows are shown late: minutes, hours or a day after the time that they have. */
final class SealedHistory extends ModelHistory {

    private static final int[] LATE_MINUTES = {3, 20, 90, 600, 1_440};
    private static final int[] MINUTES = {1, 3, 60, 300, 700, 1_440};

    SealedHistory(long seed) {
        super(seed);
    }

    @Override
    void changeSource() {
        super.changeSource();
        for (int i = random().nextInt(3); i > 0; i--) {
            LocalDateTime end = cluster().clock().minusMinutes(random().nextInt(200));
            LocalDateTime shown = cluster().clock().plusMinutes(LATE_MINUTES[random().nextInt(LATE_MINUTES.length)]);
            cluster().addLate(end, nextRow(), shown);
            tell("row of " + end + " shown from " + shown);
        }
    }

    @Override
    Duration passing() {
        return Duration.ofMinutes(MINUTES[random().nextInt(MINUTES.length)]);
    }

    @Override
    void play(int steps) {
        super.finishAfter(steps);
        // the last day gets old enough for both further counts
        for (int day = 0; day < 6; day++) {
            cluster().clock(cluster().clock().toLocalDate().plusDays(1).atTime(4, 0));
            tell("day over: " + cluster().clock());
            finish(1);
        }
        requireEveryRowOnce();
        requireSealed();
        requireCompacted();
    }

    /** Each day that is over is one file. */
    private void requireCompacted() {
        filesByDay().forEach((day, files) -> {
            if (day.isBefore(cluster().clock().toLocalDate())) {
                assertThat(files.count()).as("%s: %s", day, this).isEqualTo(1);
            }
        });
    }

    /** Each day with rows is sealed, with as many rows as it has, and the entries are a chain. */
    private void requireSealed() {
        List<Record> entries = table("sealed_days").map(TestingLake::rows).orElse(List.of()).stream()
                .sorted(Comparator.comparing(row -> (Long) row.getField("sequence")))
                .toList();
        String head = Chain.EMPTY.head();
        Map<LocalDate, Record> latest = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Record entry = entries.get(i);
            assertThat(entry.getField("sequence")).as(toString()).isEqualTo(i + 1L);
            assertThat(entry.getField("previous_head")).as(toString()).isEqualTo(head);
            head = (String) entry.getField("head");
            Record before = latest.put((LocalDate) entry.getField("day"), entry);
            assertThat(entry.getField("revision"))
                    .as(toString())
                    .isEqualTo(before == null ? 1 : (Integer) before.getField("revision") + 1);
        }
        Map<LocalDate, Long> rows = new HashMap<>();
        exported().forEach(row -> rows.merge(row.logTime().toLocalDate(), 1L, Long::sum));
        LocalDate sealedThrough = cluster().clock().toLocalDate().minusDays(1);
        rows.forEach((day, count) -> {
            if (!day.isAfter(sealedThrough)) {
                Record entry = latest.get(day);
                assertThat(entry).as("%s: %s", day, this).isNotNull();
                assertThat(Objects.requireNonNull(entry).getField("state"))
                        .as("%s: %s", day, this)
                        .isEqualTo("sealed");
                assertThat(entry.getField("lake_rows")).as("%s: %s", day, this).isEqualTo(count);
            }
        });
    }
}
