package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.ColumnType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class SourceValueTest {

    @Test
    void timesLoseNoMicrosecondAndPassNoZone() {
        LocalDateTime time = LocalDateTime.parse("2026-03-29T02:30:00.000001");
        assertThat(SourceValue.of(ColumnType.TIMESTAMP, "2026-03-29 02:30:00.000001"))
                .isEqualTo(time);
        assertThat(SourceValue.of(ColumnType.TIMESTAMP, time)).isEqualTo(time);
        assertThat(SourceValue.of(ColumnType.TIMESTAMP, OffsetDateTime.parse("2026-03-29T02:30:00.000001Z")))
                .isEqualTo(time);
        assertThat(SourceValue.of(ColumnType.TIMESTAMP, OffsetDateTime.parse("2026-03-29T04:30:00.000001+02:00")))
                .isEqualTo(time);
        assertThat(SourceValue.of(ColumnType.TIMESTAMP, "2026-03-29 02:30:00"))
                .isEqualTo(LocalDateTime.parse("2026-03-29T02:30:00"));
        assertThat(SourceValue.of(ColumnType.TIMESTAMP, "2026-03-29 02:30:00.5"))
                .isEqualTo(LocalDateTime.parse("2026-03-29T02:30:00.5"));
    }

    @Test
    void textIsAsTheDriverGivesIt() {
        assertThat(SourceValue.of(ColumnType.STRING, new BigDecimal("12.5000"))).isEqualTo("12.5000");
        assertThat(SourceValue.of(ColumnType.STRING, new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(SourceValue.of(ColumnType.STRING, true)).isEqualTo("t");
        assertThat(SourceValue.of(ColumnType.STRING, 7L)).isEqualTo("7");
        assertThat(SourceValue.of(ColumnType.STRING, LocalDate.parse("2026-01-02")))
                .isEqualTo("2026-01-02");
        assertThat(SourceValue.of(ColumnType.STRING, LocalDateTime.parse("2026-01-02T00:00")))
                .isEqualTo("2026-01-02 00:00:00");
        assertThat(SourceValue.of(ColumnType.STRING, LocalDateTime.parse("2026-01-02T03:04:05.670")))
                .isEqualTo("2026-01-02 03:04:05.67");
        assertThat(SourceValue.of(ColumnType.STRING, OffsetDateTime.parse("2026-01-02T03:04:05.670+01:00")))
                .isEqualTo("2026-01-02 02:04:05.67+00");
        assertThat(SourceValue.of(ColumnType.STRING, " a ")).isEqualTo(" a ");
    }

    @Test
    void numbersOfSinglePrecisionKeepTheirDigits() {
        assertThat(SourceValue.of(ColumnType.DOUBLE, 1.1f)).isEqualTo(1.1);
        assertThat(SourceValue.of(ColumnType.DOUBLE, 1.1)).isEqualTo(1.1);
        assertThat(SourceValue.of(ColumnType.DOUBLE, 3L)).isEqualTo(3.0);
        assertThat(SourceValue.of(ColumnType.DOUBLE, "NaN")).isEqualTo(Double.NaN);
    }

    @Test
    void valueThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> SourceValue.of(ColumnType.INTEGER, 1L << 40)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> SourceValue.of(ColumnType.BIGINT, 1.5))
                .hasMessage("a value of Double: expected one of a column of type bigint");
        assertThatThrownBy(() -> SourceValue.of(ColumnType.STRING, LocalTime.parse("02:30")))
                .hasMessage("a value of LocalTime: expected one of a column of type string");
        assertThatThrownBy(() -> SourceValue.of(ColumnType.BOOLEAN, "t")).hasMessageContaining("boolean");
    }

    @Test
    void nullIsNull() {
        for (ColumnType type : ColumnType.values()) {
            assertThat(SourceValue.of(type, null)).isNull();
        }
    }
}
