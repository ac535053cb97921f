package io.github.redshiftquerylogs.sandbox.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for secrets finds them: the negative control of all tests that find none. */
class SecretFormsTest {

    private static final SecretForms FORMS = SecretForms.of("me", "a\"b\\ %&+/");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: a\"b\\ %&+/!",
                "jdbc:redshift://h/d?password=a%22b%5C+%25%26%2B%2F&x",
                "jdbc:redshift://h/d?password=a%22b%5C%20%25%26%2B%2F&x",
                "jdbc:redshift://h/d?password=a%22b%5c+%25%26%2b%2f&x",
                "{\"password\":\"a\\\"b\\\\ %&+/\"}",
                "YSJiXCAlJisv",
                "Authorization: Basic bWU6YSJiXCAlJisv"
            })
    void isFoundInAllForms(String text) {
        assertThat(FORMS.in(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "cannot connect as me"})
    void otherTextsAreClean(String text) {
        assertThat(FORMS.in(text)).isEmpty();
    }
}
