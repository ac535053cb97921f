package io.github.redshiftquerylogs.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeclarationsTest {

    private static final String GOOD = """
            name: my_export
            log_time_rule: endtime
            key: [a]
            reread: true
            sql: select endtime as log_time, a, b from t where endtime > :from and endtime <= :to
            columns:
              - {name: a, type: integer}
              - {name: b, type: string, blanks: data}
            """;

    @Test
    void eightTablesAreDeclared() {
        assertThat(Declarations.firstRelease())
                .extracting(ExportDeclaration::name)
                .hasSize(8)
                .doesNotHaveDuplicates();
    }

    @Test
    void fragmentsOfStatementsKeepTheirBlanksAndNothingElseDoes() {
        assertThat(Declarations.firstRelease().stream()
                        .flatMap(declaration -> declaration.columns().stream()
                                .filter(column -> column.blanks() == Blanks.DATA)
                                .map(column -> declaration.name() + "." + column.name())))
                .containsExactlyInAnyOrder("stl_ddltext.text", "stl_querytext.text", "stl_utilitytext.text");
    }

    @Test
    void declarationIsReadAsWritten() {
        ExportDeclaration declaration = Declarations.parse(GOOD, "test");
        assertThat(declaration.key()).containsExactly("a");
        assertThat(declaration.columns())
                .containsExactly(
                        new DeclaredColumn("a", ColumnType.INTEGER, Blanks.PADDING),
                        new DeclaredColumn("b", ColumnType.STRING, Blanks.DATA));
        assertThat(declaration.reread()).isTrue();
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        String bad = GOOD.replace("my_export", "My Export")
                .replace("[a]", "[c]")
                .replace(":from", "'2026-01-01'")
                .replace("name: b", "name: log_time");
        assertThatThrownBy(() -> Declarations.parse(bad, "bad.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("declaration bad.yaml: ")
                .hasMessageContaining("name 'My Export'")
                .hasMessageContaining("sql lacks :from")
                .hasMessageContaining("column 'log_time' is the lake's own")
                .hasMessageContaining("key column 'c' is not declared");
    }

    @Test
    void unknownAndMissingFieldsAreRefused() {
        assertThatThrownBy(() -> Declarations.parse(GOOD + "colour: red\n", "x"))
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> Declarations.parse(GOOD.replace("reread: true\n", ""), "x"))
                .hasMessageContaining("reread");
        assertThatThrownBy(() -> Declarations.parse(GOOD.replace("integer", "money"), "x"))
                .hasMessageContaining("money");
    }
}
