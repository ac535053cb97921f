package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.failure.SourceException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private static final String PASSWORD = "p\"w \\ä%+&='x";

    @Test
    void everyFormOfTheSecretIsTakenOut() {
        String base64 = Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8));
        String text = "plain " + PASSWORD + ", url p%22w+%5C%C3%A4%25%2B%26%3D%27x, json p\\\"w \\\\ä%+&='x, base64 "
                + base64;
        assertThat(new Redaction(PASSWORD).clean(text)).isEqualTo("plain ***, url ***, json ***, base64 ***");
    }

    @Test
    void secretAsSqlOrWithoutTheBlanksAtItsEndsIsTakenOutAsWell() {
        assertThat(new Redaction("it's").clean("alter user x password 'it''s'"))
                .isEqualTo("alter user x password '***'");
        assertThat(new Redaction(" s3cret ").clean("password 's3cret'")).isEqualTo("password '***'");
    }

    @Test
    void formThatContainsAnotherIsRemovedWhole() {
        assertThat(new Redaction("%").clean("p=%25")).isEqualTo("p=***");
    }

    @Test
    void emptySecretLeavesTextAlone() {
        assertThat(new Redaction("").clean("text")).isEqualTo("text");
    }

    @Test
    void driversExceptionIsRepeatedWithoutTheSecretAndWithoutBeingTheCause() {
        SourceException exception = SourceErrors.of(
                "cannot connect",
                new SQLException("bad password " + PASSWORD + "\n  Hint: " + PASSWORD, "28000"),
                new ErrorHint.Asker("exporter", ErrorHint.Access.JDBC),
                new Redaction(PASSWORD));
        assertThat(exception)
                .hasMessage(
                        "cannot connect: bad password ***; Hint: *** [28000]: expected a user that may connect, and its"
                                + " password, in the cluster's parameters user and password")
                .hasNoCause();
    }
}
