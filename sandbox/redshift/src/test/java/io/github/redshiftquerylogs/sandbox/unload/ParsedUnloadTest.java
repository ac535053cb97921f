package io.github.redshiftquerylogs.sandbox.unload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedUnloadTest {

    private static final String TAIL = " to 's3://b/p/' iam_role default format parquet";

    @Test
    void optionsComeInAnyOrderAndCase() throws UnloadRefusedException {
        ParsedUnload unload = ParsedUnload.parse("""
                /* export */ Unload ('select ''a;b'' as "limit"')
                TO 's3://bucket/temp/alpha/' -- where to
                maxfilesize AS 10 MB MANIFEST verbose Region 'eu-west-1' parallel OFF
                IAM_ROLE 'arn:aws:iam::123456789012:role/a,arn:aws:iam::210987654321:role/path/b'
                AllowOverwrite FORMAT AS Parquet;""");

        assertThat(unload.select()).isEqualTo("select 'a;b' as \"limit\"");
        assertThat(unload.bucket()).isEqualTo("bucket");
        assertThat(unload.keyPrefix()).isEqualTo("temp/alpha/");
        assertThat(unload.roles())
                .containsExactly("arn:aws:iam::123456789012:role/a", "arn:aws:iam::210987654321:role/path/b");
        assertThat(unload.manifest()).isTrue();
        assertThat(unload.verbose()).isTrue();
        assertThat(unload.allowOverwrite()).isTrue();
        assertThat(unload.parallel()).isFalse();
        assertThat(unload.maxFileSize()).isEqualTo(10 << 20);
        assertThat(unload.region()).contains("eu-west-1");
    }

    @Test
    void withoutOptionsSlicesWriteSideBySideAndNothingIsOverwritten() throws UnloadRefusedException {
        ParsedUnload unload = ParsedUnload.parse("unload ('select 1')" + TAIL);

        assertThat(unload.roles()).isEmpty();
        assertThat(unload.manifest()).isFalse();
        assertThat(unload.parallel()).isTrue();
        assertThat(unload.allowOverwrite()).isFalse();
        assertThat(unload.maxFileSize()).isEqualTo(6_657_199_308L);
    }

    @Test
    void aBackslashEscapesAsInRedshift() throws UnloadRefusedException {
        assertThat(ParsedUnload.parse("unload ('select \\'x\\\\y\\', ''\\t''')" + TAIL)
                        .select())
                .isEqualTo("select 'x\\y', '\t'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unload ('select 1') to 's3://b/p/' format parquet",
                "unload ('select 1') to 'b/p/' iam_role default format parquet",
                "unload ('select 1') to 's3://b' iam_role default format parquet",
                "unload ('select 1 to 's3://b/p/' iam_role default format parquet",
                "unload ('delete from t') to 's3://b/p/' iam_role default format parquet",
                "unload ('select 1; drop table t') to 's3://b/p/' iam_role default format parquet",
                "unload ('select 1') to 's3://b/p/' iam_role default format parquet; select 1",
                "unload ('select 1') to 's3://b/p/' iam_role default parquet format parquet",
                "unload ('select 1') to 's3://b/p/' iam_role default format parquet maxfilesize 1 mb",
                "unload ('select 1') to 's3://b/p/' iam_role 'me' format parquet",
                "unload ('select 1') to 's3://b/p/' iam_role default format parquet verbose",
                "unload select 1",
            })
    void whatIsWrongIsASyntaxError(String sql) {
        assertThat(ParsedUnload.isUnload(sql)).isTrue();
        assertThatExceptionOfType(UnloadRefusedException.class)
                .isThrownBy(() -> ParsedUnload.parse(sql))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42601"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"format csv", "csv", "format parquet header", "format parquet partition by (a)", ""})
    void whatTheStandInDoesNotDoIsRefused(String options) {
        assertThatExceptionOfType(UnloadRefusedException.class)
                .isThrownBy(() -> ParsedUnload.parse("unload ('select 1') to 's3://b/p/' iam_role default " + options))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
    }

    @Test
    void anOuterLimitIsRefusedAndAnInnerOneIsNot() throws UnloadRefusedException {
        assertThatExceptionOfType(UnloadRefusedException.class)
                .isThrownBy(() -> ParsedUnload.parse("unload ('select 1 limit 5')" + TAIL))
                .withMessage("Limit clause is not supported")
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
        String inner = "select * from (select 1 limit 5) q";
        assertThat(ParsedUnload.parse("unload ('" + inner + "')" + TAIL).select())
                .isEqualTo(inner);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"select 1", "unloading", "/* unload", "''", "-- unload", "( unload )", "\"unload\" x"})
    void otherStatementsAreNone(String sql) {
        assertThat(ParsedUnload.isUnload(sql)).isFalse();
    }
}
