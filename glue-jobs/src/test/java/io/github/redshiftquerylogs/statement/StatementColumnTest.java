package io.github.redshiftquerylogs.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StatementColumnTest {

    @Test
    void columnsHaveTheirNamesInLowerCase() {
        for (StatementColumn column : StatementColumn.values()) {
            assertThat(StatementColumn.named(column.columnName())).contains(column);
        }
        assertThat(StatementColumn.named("query_shape")).contains(StatementColumn.QUERY_SHAPE);
        assertThat(StatementColumn.named("querytxt")).isEmpty();
    }

    @Test
    void onlyTheVersionIsANumber() {
        assertThat(Arrays.stream(StatementColumn.values()).filter(StatementColumn::isNumber))
                .containsExactly(StatementColumn.STATEMENT_VERSION);
        assertThat(StatementColumn.STATEMENT_VERSION.of(Statement.of("select 1")))
                .isEqualTo(Statement.VERSION);
    }
}
