package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThatThrownBy(() -> SourceValue.of(ColumnType.STRING, List.of()))
                .hasMessage("a value of ListN: expected one of a column of type string");
        assertThatThrownBy(() -> SourceValue.of(ColumnType.BOOLEAN, "t")).hasMessageContaining("boolean");
    }

    @Test
    void bytesAreHexadecimalText() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, (byte) 0xff, 1});
        assertThat(SourceValue.of(ColumnType.STRING, bytes)).isEqualTo("00ff01");
        assertThat(SourceValue.of(ColumnType.STRING, bytes)).as("again").isEqualTo("00ff01");
    }

    @Test
    void timeOfDayIsText() {
        assertThat(SourceValue.of(ColumnType.STRING, LocalTime.parse("02:30"))).isEqualTo("02:30:00");
        assertThat(SourceValue.of(ColumnType.STRING, LocalTime.parse("02:30:00.5")))
                .isEqualTo("02:30:00.5");
    }

    @Test
    void timesThatNoCalendarShowsAreRead() {
        assertThat(SourceValue.of(ColumnType.TIMESTAMP, "infinity")).isEqualTo(LocalDateTime.MAX);
        assertThat(SourceValue.of(ColumnType.TIMESTAMP, "-infinity")).isEqualTo(LocalDateTime.MIN);
        assertThat(SourceValue.of(ColumnType.TIMESTAMP, "294276-12-31 00:00:00"))
                .isEqualTo(LocalDateTime.parse("+294276-12-31T00:00:00"));
        assertThat(SourceValue.of(ColumnType.TIMESTAMP, "4713-01-01 00:00:00 BC"))
                .isEqualTo(LocalDateTime.parse("-4712-01-01T00:00:00"));
        assertThat(SourceValue.of(ColumnType.DATE, "infinity")).isEqualTo(LocalDate.MAX);
        assertThat(SourceValue.of(ColumnType.DATE, "-infinity")).isEqualTo(LocalDate.MIN);
        assertThat(SourceValue.of(ColumnType.DATE, "0044-03-15 BC")).isEqualTo(LocalDate.of(-43, 3, 15));
        assertThat(SourceValue.of(ColumnType.DATE, "5874897-12-31")).isEqualTo(LocalDate.of(5_874_897, 12, 31));
    }

    @ParameterizedTest
    @CsvSource({"TIMESTAMP, yesterday", "TIMESTAMP, 2026-01-01", "DATE, 2026-02-30", "DATE, ''", "DOUBLE, many"})
    void valueOfAServiceThatIsNotReadableIsReplacedByNull(ColumnType type, String text) {
        assertThat(SourceValue.ofService(type, text))
                .isEqualTo(new ReplacedValue(null, "that are not readable as " + type + ", replaced by null"));
    }

    @Test
    void bytesThatAServiceHasReplacedAreSaid() {
        assertThat(SourceValue.ofService(ColumnType.STRING, "a\uFFFD"))
                .isEqualTo(new ReplacedValue("a\uFFFD", "with bytes that are no UTF-8, replaced by U+FFFD"));
        assertThat(SourceValue.ofService(ColumnType.STRING, "é")).isEqualTo("é");
    }

    @Test
    void nullIsNull() {
        for (ColumnType type : ColumnType.values()) {
            assertThat(SourceValue.of(type, null)).isNull();
        }
    }
}
