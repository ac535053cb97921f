package io.github.redshiftquerylogs.sandbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryGroupTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SET query_group TO 'a;b'|SET redshift.query_group TO 'a;b'",
                "set session query_group = 'x'|set session redshift.query_group = 'x'",
                "show query_group|show redshift.query_group",
                "reset query_group|reset redshift.query_group",
            })
    void isRenamedWhereItIsASetting(String statement, String translated) {
        assertThat(QueryGroup.translate(statement)).contains(translated);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'set query_group to x'",
                "set query_groups to 1",
                "select query_group from t",
                "set timezone to 'UTC'"
            })
    void nothingElseIsTouched(String statement) {
        assertThat(QueryGroup.translate(statement)).isEmpty();
    }
}
