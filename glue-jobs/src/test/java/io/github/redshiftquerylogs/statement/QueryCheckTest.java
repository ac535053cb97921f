package io.github.redshiftquerylogs.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryCheckTest {

    /** The texts with what the only finding says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "delete from orders # begins with 'delete': expected one query, which begins with select or with",
                "drop table orders # begins with 'drop'",
                "call refresh_all # begins with 'call'",
                "unload 'select 1' to 's3://b/p' # begins with 'unload'",
                "explain select 1 # begins with 'explain'",
                "(delete from orders) # begins with 'delete'",
                "select 1; delete from orders # has ';': expected one query without ';'",
                "select 1; # has ';'",
                "select * from (select 1 # has a '(' without ')': expected balanced parentheses",
                "select 1) x, (select 2 # has a ')' without '(': expected balanced parentheses",
                "select 1 /* the end # has a comment without its end: expected '*/' after '/*'",
                "select 1 /* a /* b */ c */ # has a comment within a comment",
                "select 'it''s # has a text in single quotes without its end: expected the closing quote",
                "select \"a from t # has a name in double quotes without its end",
                "select '\\' from t # has a backslash",
                "select 1 /* \\ */ # has a backslash",
                "select 1 -- \\ # has a backslash",
                "select $$a$$ # has '$' outside of quotes: expected texts in single quotes",
                "select $1 # has '$' outside of quotes",
                "select {fn now()} # has the character '{'",
                "select ? # has the character '?'",
                "select \u007f # has the character U+007F",
                "select ':from' from t # has a bound, :from or :to, in a text in single quotes",
                "select * into copied from orders # has 'into': expected a query that creates no table",
                "select 1into copied from orders # has 'into'",
                "select * from orders for update # has 'for update': expected a query that locks nothing",
                "with gone as (delete from orders returning *) select * from gone # has '( delete'",
                "with a as (select 1) delete from orders # has ') delete'",
                "select pg_terminate_backend(42) # calls pg_terminate_backend()",
                "select * from t where PG_Cancel_Backend (pid) # calls pg_cancel_backend()",
                "select \"pg_terminate_backend\"(42) # calls \"pg_terminate_backend\"()",
                "select u&\"!0070g\"(42) # calls \"!0070g\"()",
                "select pg_catalog.set_config('a', 'b', false) # calls pg_catalog.set_config()",
                "select exfunc_score(a) from t # calls exfunc_score(): expected Redshift's own functions that only read",
                "select f_udf/* c */(1) # calls f_udf()",
                "select nextval('s') # calls nextval()",
                "select lo_unlink(1) # calls lo_unlink()",
                "`` # is empty: expected one query",
                "-- nothing # is empty: expected one query",
            })
    void whatIsNotOneQueryThatReadsIsFound(String sql, String found) {
        assertThat(QueryCheck.of(sql))
                .as(sql)
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.text()).startsWith(found).contains(": expected "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "(select 1) union all (select 2)",
                "WITH recent AS (SELECT * FROM orders WHERE saletime > :from AND saletime <= :to) SELECT saletime, r.* FROM recent r",
                "select a::varchar(20), cast(b as decimal(12, 2)), \"into\", 'drop; delete', 'it''s (' from t -- ) ; '",
                "select * from t where a in (1, 2.5e3) and exists (select 1 from u where u.id = t.id)",
                "select sum(a) over (partition by b order by c), count(*) filter (where d > 0) from t",
                "select case when (a = 1) then max(comment) end, trim(update_note) from t group by update_note",
                "select substring(a from 1 for 2), extract(hour from b), a - -1, 'für', ünter /* ; ( */ from t",
                "select listagg(a, ',') within group (order by a) from t",
                "select a from t where b > 1--1",
                "select 1 /*/ ; */",
                "select 'a'",
            })
    void oneQueryIsNot(String sql) {
        assertThat(QueryCheck.of(sql)).as(sql).isEmpty();
    }

    static Stream<String> bundled() {
        return Declarations.bundled().stream().map(export -> export.sql().template());
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void queriesOfTheProjectItselfPass(String sql) {
        assertThat(QueryCheck.of(sql)).isEmpty();
    }

    @Test
    void callAtTheBeginIsFoundToo() {
        assertThat(QueryCheck.of("pg_sleep(1)"))
                .extracting(QueryCheck.Finding::text)
                .hasSize(2)
                .anyMatch(text -> text.startsWith("calls pg_sleep()"));
        assertThat(QueryCheck.of(".pg_sleep(1)"))
                .extracting(QueryCheck.Finding::text)
                .hasSize(2)
                .anyMatch(text -> text.startsWith("calls pg_sleep()"));
    }

    @Test
    void allThatIsWrongIsFoundWithItsLine() {
        assertThat(QueryCheck.of("with a as (\n  delete from t) select 1"))
                .extracting(QueryCheck.Finding::line)
                .containsExactly(2);
        assertThat(QueryCheck.of("select 'two\nlines',\n  pg_sleep(1) -- one\n  into copied\nfrom (t\n"))
                .extracting(QueryCheck.Finding::line)
                .containsExactlyInAnyOrder(3, 4, 5);
        assertThat(QueryCheck.of("select 1,\n\n  '\n"))
                .extracting(QueryCheck.Finding::line)
                .containsExactly(3);
    }
}
