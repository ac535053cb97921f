package io.github.redshiftquerylogs.statement;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions of Redshift that have no effects, and the keywords and types that may stand before a parenthesis. What is
 * not listed may be a function with effects, such as {@code pg_terminate_backend}, a stored procedure's, or one that
 * somebody else has written, in a Lambda for example.
 * https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions.html
 */
final class ReadingFunctions {

    private static final Set<String> NAMES = words("""
            all and any array as between by case cube distinct else except exclude exists filter from group having ilike
            in intersect is join lateral like limit minus not offset on or over partition pivot qualify rollup rows select
            sets similar some then to top union unpivot using values when where within

            bigint binary bpchar char character date decimal double float float4 float8 int int2 int4 int8 integer
            interval nchar numeric nvarchar real smallint text time timestamp timestamptz timetz varbinary varbyte varchar
            varying

            any_value approximate avg bit_and bit_or bool_and bool_or count listagg max median min percentile_cont
            percentile_disc stddev stddev_pop stddev_samp string_agg sum var_pop var_samp variance
            cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank ratio_to_report
            row_number
            hll hll_cardinality hll_combine hll_create_sketch

            coalesce decode greatest least nullif nvl nvl2
            cast convert to_char to_date to_number to_timestamp to_varbyte try_cast
            add_months age convert_timezone date_cmp date_cmp_timestamp date_part date_part_year date_trunc dateadd
            datediff extract getdate last_day months_between next_day sysdate timezone timestamp_cmp timestamp_cmp_date

            ascii btrim char_length character_length charindex chr collate concat crc32 difference from_hex from_varbyte
            initcap left len length lower lpad ltrim octet_length octetindex overlay position quote_ident quote_literal
            regexp_count regexp_instr regexp_replace regexp_substr repeat replace replicate reverse right rpad rtrim
            soundex split_part split_to_array strpos strtol substr substring textlen translate trim upper
            checksum farmfingerprint64 fnv_hash func_sha1 md5 murmur3_32_hash sha sha1 sha2
            can_json_parse is_valid_json is_valid_json_array json_array_length json_extract_array_element_text
            json_extract_path_text json_parse json_serialize json_size json_typeof
            array_concat array_flatten get_array_length is_array is_bigint is_boolean is_char is_decimal is_float
            is_integer is_object is_scalar is_smallint is_varchar object subarray

            abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees dexp dlog1 dlog10 exp floor ln log mod pi pow power
            radians round sign sin sqrt tan to_hex trunc

            current_database current_namespace current_schema current_schemas current_user_id has_assumerole_privilege
            has_database_privilege has_schema_privilege has_table_privilege pg_get_userbyid slice_num version
            """);

    private ReadingFunctions() {}

    private static Set<String> words(String text) {
        return Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a parenthesis after this word, in lower case, calls nothing that has effects. */
    static boolean mayStandBeforeParenthesis(String word) {
        return NAMES.contains(word);
    }
}
