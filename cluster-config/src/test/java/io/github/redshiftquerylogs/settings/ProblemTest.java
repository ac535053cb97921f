package io.github.redshiftquerylogs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void textHasNameValueAndWhatIsExpected() {
        assertThat(new Problem("a.b", " x ", "something else")).hasToString("a.b = ' x ': expected something else");
    }

    @Test
    void textTellsMissingAndHiddenValuesFromTexts() {
        assertThat(Problem.missing("a.b", "something")).hasToString("a.b = (missing): expected something");
        assertThat(new Problem("a.b", Problem.HIDDEN, "something"))
                .hasToString("a.b = (not shown): expected something");
    }

    @Test
    void exceptionCarriesAllProblemsAndKeepsThem() {
        List<Problem> problems = new ArrayList<>(List.of(new Problem("a", "1", "2"), Problem.missing("b", "3")));
        InvalidSettingsException thrown = new InvalidSettingsException(problems);
        problems.clear();
        assertThat(thrown).hasMessage("a = '1': expected 2; b = (missing): expected 3");
        assertThat(thrown.problems()).containsExactly(new Problem("a", "1", "2"), Problem.missing("b", "3"));
    }

    @Test
    void credentialsDoNotShowThePassword() {
        DatabaseCredentials credentials = new DatabaseCredentials("me", "S3cret!pass");
        assertThat(credentials).hasToString("DatabaseCredentials[user=me, password=(not shown)]");
        assertThat("" + List.of(credentials)).doesNotContain("S3cret!pass");
    }

    @Test
    void aValueThatMayContainAPasswordIsWithheld() {
        Problem problem = new Problem("p", "postgres://u:topsecret@h/dev", "a name");
        assertThat(problem.value()).isEqualTo(Problem.HIDDEN);
        assertThat(problem).hasToString("p = (not shown): expected a name");
    }

    @Test
    void aProblemIsOnOneLine() {
        assertThat(new Problem("p", "a\r\nb\u2028c\u200b", "a name"))
                .hasToString("p = 'a<U+000D><U+000A>b<U+2028>c<U+200B>': expected a name");
    }
}
