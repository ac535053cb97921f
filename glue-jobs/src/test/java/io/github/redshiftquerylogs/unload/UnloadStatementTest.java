package io.github.redshiftquerylogs.unload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnloadStatementTest {

    private static final String PLACE = "s3://bucket/temp/cluster/table/window/attempt/";

    @Test
    void queryLocationAndRoleAreLiterals() {
        assertThat(UnloadStatement.of(
                        "select 'a' from t", PLACE, "arn:aws:iam::123456789012:role/unload", Optional.empty()))
                .contains("UNLOAD ('select ''a'' from t') TO '" + PLACE
                        + "' IAM_ROLE 'arn:aws:iam::123456789012:role/unload' FORMAT PARQUET MANIFEST VERBOSE");
    }

    @Test
    void regionOfABucketElsewhereIsALiteral() {
        assertThat(UnloadStatement.of("q", PLACE, "default", Optional.of("eu-west-1"))
                        .orElseThrow())
                .endsWith(" FORMAT PARQUET MANIFEST VERBOSE REGION 'eu-west-1'");
        assertThat(UnloadStatement.of("q", PLACE, "default", Optional.of("eu\\")))
                .isEmpty();
    }

    @Test
    void chainOfRolesIsOneLiteralAndTheDefaultRoleIsAKeyword() {
        assertThat(UnloadStatement.of("q", PLACE, "arn:a,arn:b", Optional.empty())
                        .orElseThrow())
                .contains(" IAM_ROLE 'arn:a,arn:b' ");
        assertThat(UnloadStatement.of("q", PLACE, "default", Optional.empty()).orElseThrow())
                .contains(" IAM_ROLE default ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "''",
                "') TO 's3://elsewhere/' IAM_ROLE default; drop table t; --",
                "$$",
                "$tag$ ' $tag$",
                "-- comment\n'",
                "/* ' */",
                "\r\n\t\u0001",
                "é 漢 😀 \u2019 \uff07",
                "{fn x} ? :name",
                "\"quoted \"\" name\""
            })
    void queryAndLocationCannotLeaveTheirLiterals(String hostile) {
        String statement = UnloadStatement.of(hostile, PLACE + hostile, "arn:" + hostile, Optional.empty())
                .orElseThrow();
        assertThat(literals(statement)).containsExactly(hostile, PLACE + hostile, "arn:" + hostile);
        assertThat(outside(statement)).isEqualTo("UNLOAD () TO  IAM_ROLE  FORMAT PARQUET MANIFEST VERBOSE");
    }

    @Test
    void parserOfThisTestDetectsAnUndoubledQuote() {
        assertThat(outside("UNLOAD ('select 'a'') TO 'x'")).contains("a");
    }

    /** For Redshift {@code \'} is a quote within the literal, for standard SQL its end. */
    @ParameterizedTest
    @ValueSource(strings = {"\\", "\\'", "regexp '\\\\d'", "\0"})
    void textThatDialectsReadDifferentlyHasNoStatement(String text) {
        assertThat(UnloadStatement.of("select " + text, PLACE, "default", Optional.empty()))
                .isEmpty();
        assertThat(UnloadStatement.of("select 1", PLACE + text, "default", Optional.empty()))
                .isEmpty();
        assertThat(UnloadStatement.of("select 1", PLACE, text, Optional.empty()))
                .isEmpty();
    }

    @Test
    void everyShippedQueryCanBeUnloaded() {
        Window window = new Window(
                LocalDateTime.parse("2026-11-18T22:00:00"), LocalDateTime.parse("2026-11-18T23:00:00.000001"));
        assertThat(Declarations.bundled()).isNotEmpty().allSatisfy(export -> {
            String query = export.sql().rows(window);
            assertThat(literals(UnloadStatement.of(query, PLACE, "default", Optional.empty())
                            .orElseThrow()))
                    .containsExactly(query, PLACE);
        });
    }

    /** As SQL reads it: a literal ends with a quote that no other one follows. */
    private static List<String> literals(String sql) {
        List<String> found = new ArrayList<>();
        read(sql, found, new StringBuilder());
        return found;
    }

    private static String outside(String sql) {
        StringBuilder outside = new StringBuilder();
        read(sql, new ArrayList<>(), outside);
        return outside.toString();
    }

    private static void read(String sql, List<String> literals, StringBuilder outside) {
        StringBuilder literal = new StringBuilder();
        boolean within = false;
        for (int i = 0; i < sql.length(); i++) {
            char letter = sql.charAt(i);
            if (letter != '\'') {
                (within ? literal : outside).append(letter);
            } else if (!within) {
                within = true;
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == '\'') {
                literal.append('\'');
                i++;
            } else {
                literals.add(literal.toString());
                literal.setLength(0);
                within = false;
            }
        }
    }
}
