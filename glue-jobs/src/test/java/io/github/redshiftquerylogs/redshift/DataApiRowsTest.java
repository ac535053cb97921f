package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.failure.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.redshiftdata.model.ColumnMetadata;
import software.amazon.awssdk.services.redshiftdata.model.Field;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultResponse;

/** A result of three pages, of two rows each. */
class DataApiRowsTest {

    private static final int PAGES = 3;
    private static final int ROWS_A_PAGE = 2;

    private static DataApiRows rows(int pages, long expected) {
        return new DataApiRows(
                token -> {
                    int page = token == null ? 0 : Integer.parseInt(token);
                    return GetStatementResultResponse.builder()
                            .columnMetadata(ColumnMetadata.builder()
                                    .name("id")
                                    .typeName("int4")
                                    .build())
                            .records(IntStream.range(0, ROWS_A_PAGE)
                                    .mapToObj(row -> List.of(Field.fromLongValue((long) page * ROWS_A_PAGE + row)))
                                    .toList())
                            .nextToken(page + 1 < pages ? Integer.toString(page + 1) : null)
                            .build();
                },
                expected);
    }

    private static List<Object> read(DataApiRows rows) {
        List<Object> read = new ArrayList<>();
        while (rows.next()) {
            read.add(rows.value(0, ColumnType.INTEGER));
        }
        return read;
    }

    @Test
    void allRowsArriveInOrder() {
        assertThat(read(rows(PAGES, 6))).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(read(rows(1, 2))).containsExactly(0, 1);
    }

    /** A lost page, a page without its token, a row too many: none may look like the end of the rows. */
    @ParameterizedTest
    @CsvSource({"2, 6", "1, 6", "3, 7", "3, 5", "1, 0"})
    void resultWithAnotherNumberOfRowsThanItsStatementIsNoResult(int pages, long expected) {
        DataApiRows rows = rows(pages, expected);
        assertThatThrownBy(() -> read(rows))
                .isInstanceOf(SourceException.class)
                .hasMessage("a result has " + pages * ROWS_A_PAGE + " rows: expected " + expected
                        + ", as the Data API said of its statement");
    }
}
