package io.github.redshiftquerylogs.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {

    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-19T12:00:00");

    @Test
    void rowsAreKeptForSevenDays() {
        assertThat(Retention.edge(NOW)).isEqualTo("2026-11-12T12:00:00");
        assertThat(Retention.safeFrom(NOW)).isEqualTo("2026-11-12T13:00:00");
        assertThat(Retention.beyond(NOW)).isEqualTo("2026-11-11T12:00:00");
    }

    /** Within an hour of the edge; a source that shows much older rows does not trim there. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-12T10:59:59.999999, false",
        "2026-11-12T11:00:00, true",
        "2026-11-12T12:00:00, true",
        "2026-11-12T13:00:00, true",
        "2026-11-12T13:00:00.000001, false",
        "2000-01-01T00:00:00, false",
        "2026-11-19T12:00:00, false",
    })
    void firstRowsAtTheEdgeAreTrimmedJustNow(LocalDateTime row, boolean trimming) {
        assertThat(Retention.isTrimming(row, NOW)).isEqualTo(trimming);
    }
}
