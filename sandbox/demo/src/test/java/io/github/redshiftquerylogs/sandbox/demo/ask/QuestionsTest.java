package io.github.redshiftquerylogs.sandbox.demo.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.redshiftquerylogs.sandbox.demo.deploy.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionsTest {

    private static Questions named(String... names) {
        return new Questions(
                Stream.of(names).map(name -> new Question(name, "t", "q", "")).toList());
    }

    @Test
    void nearestNamesComeFirst() {
        Questions questions = named("alerts_by_day", "alerts_by_table", "ghost_rows", "top_queries");

        assertThat(questions.nearest("alert_by_tables")).startsWith("alerts_by_table");
        assertThat(questions.nearest("TOP-QUERIES.sql")).startsWith("top_queries");
        assertThat(questions.nearest("ghost")).as("a part of it").startsWith("ghost_rows");
        assertThat(questions.nearest("xyz")).hasSize(3);
    }

    @Test
    void theFiveOfTheDemoAreThere() {
        assertThat(Questions.of(Checkout.find(Path.of(""))).five())
                .hasSize(5)
                .allSatisfy(question -> assertThat(question.sql()).containsIgnoringCase("select"));
    }

    @Test
    void fileWithoutTitleIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("nameless.sql"), List.of("-- question: why?", "select 1"));
        assertThatIllegalStateException()
                .isThrownBy(() -> Question.read(file))
                .withMessage(file + " has no line '-- title: …'");
    }
}
