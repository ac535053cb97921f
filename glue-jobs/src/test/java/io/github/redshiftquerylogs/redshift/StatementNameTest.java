package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.settings.ClusterName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementNameTest {

    private static final StatementName NAME = new StatementName(new ClusterName("orders"), "jr_2");

    @Test
    void statementOfAnotherRunOfTheClusterIsFound() {
        assertThat(NAME.otherRunOf("/* redshift_query_logs/orders/jr_1 */ select 1"))
                .contains("redshift_query_logs/orders/jr_1");
        assertThat(NAME.otherRunOf(new StatementName(new ClusterName("orders"), "jr_22").before("select 1")))
                .contains("redshift_query_logs/orders/jr_22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* redshift_query_logs/orders/jr_2 */ select 1",
                "/* redshift_query_logs/orders-2/jr_1 */ select 1",
                "/* redshift_query_logs/order/jr_1 */ select 1",
                "select '/* redshift_query_logs/orders/jr_1 */'",
                "/* redshift_query_logs/orders/jr_1",
                "/* redshift_query_logs/orders */ select 1",
                "/* other/orders/jr_1 */ select 1",
                ""
            })
    void otherStatementsAreNot(String sql) {
        assertThat(NAME.otherRunOf(sql)).isEmpty();
    }

    @Test
    void idOfARunCannotEndTheComment() {
        StatementName odd = new StatementName(new ClusterName("orders"), "a */ drop /* b c");
        assertThat(odd.before("select 1")).isEqualTo("/* redshift_query_logs/orders/a____drop____b_c */ select 1");
        assertThat(odd.otherRunOf(odd.before("select 1"))).isEmpty();
        assertThat(NAME.otherRunOf(odd.before("select 1"))).isPresent();
    }
}
