package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcAddressTest {

    @Test
    void onlyHostPortAndDatabaseAreShown() {
        assertThat(new JdbcAddress("jdbc:redshift://a.example.com:5439/dev?ssl=false"))
                .hasToString("a.example.com:5439/dev");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h:1/dev",
                "h:5439/dev",
                "jdbc:redshift://h:5439",
                "jdbc:redshift:iam://h:1/dev",
                ""
            })
    void otherTextsAreRefusedWithoutRepeatingThem(String url) {
        assertThatThrownBy(() -> new JdbcAddress(url))
                .hasMessage("illegal JDBC URL (not shown): expected jdbc:redshift://host:port/database");
    }

    @Test
    void credentialsInTheAddressAreRefusedWithoutRepeatingThem() {
        assertThatThrownBy(() -> new JdbcAddress("jdbc:redshift://h:5439/dev?user=a&password=secret"))
                .hasMessageContaining("h:5439/dev has credentials in it")
                .hasMessageNotContaining("secret");
    }
}
