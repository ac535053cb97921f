package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemedyTest {

    @Test
    void theGrantCanBeExecutedAsPrinted() {
        assertThat(new Remedy("query_logs", false).select(List.of("stl_vacuum")))
                .isEqualTo("that a superuser runs GRANT SELECT ON stl_vacuum TO \"query_logs\"");
        assertThat(new Remedy("IAMR:a-\"role\"", true).select(List.of("stl_vacuum", "pg_catalog.stl_error", "Odd")))
                .isEqualTo("that a superuser runs GRANT SELECT ON stl_vacuum, pg_catalog.stl_error, Odd TO"
                        + " \"IAMR:a-\"\"role\"\"\"");
        assertThat(new Remedy(null, false).select(List.of("stl_vacuum")))
                .isEqualTo("that a superuser runs GRANT SELECT ON stl_vacuum TO its database user");
    }

    /** The cluster reads them there as in the declaration's own SQL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "stl_vacuum",
                "sales.orders",
                "Sales.Orders",
                "dev.sales.orders",
                "sales.\"order items\"",
                "\"dev\".\"My.Schema\".\"a\"\"b\"",
                "orders$1"
            })
    void relationsAreNamedAsTheDeclarationReadsThem(String relation) {
        assertThat(new Remedy("exporter", false).select(List.of(relation)))
                .isEqualTo("that a superuser runs GRANT SELECT ON " + relation + " TO \"exporter\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order items", "1st", "a.", "a.b.c.d", "t; drop table u", "größe"})
    void whatIsNoNameWithoutQuotesGetsThem(String relation) {
        assertThat(new Remedy("exporter", false).select(List.of(relation)))
                .isEqualTo("that a superuser runs GRANT SELECT ON \"" + relation + "\" TO \"exporter\"");
    }

    @Test
    void accessToTheLogsIsARoleInAWorkgroupAndEitherOfTwoInACluster() {
        assertThat(new Remedy("IAMR:job", false).text())
                .isEqualTo("that a superuser runs ALTER USER \"IAMR:job\" SYSLOG ACCESS UNRESTRICTED, or GRANT ROLE"
                        + " sys:monitor TO \"IAMR:job\"");
        assertThat(new Remedy("IAMR:job", true).text())
                .isEqualTo("that a superuser runs GRANT ROLE sys:monitor TO \"IAMR:job\"");
        assertThat(new Remedy(null, false).text())
                .isEqualTo("SYSLOG ACCESS UNRESTRICTED, or role sys:monitor, for its database user");
        assertThat(new Remedy(null, true).text()).isEqualTo("role sys:monitor for its database user");
    }

    @Test
    void theUserIsTheOneThatTheClusterNames() {
        assertThat(new Remedy(null, true).forUser("exporter")).isEqualTo(new Remedy("exporter", true));
        assertThat(new Remedy("exporter", false).forUser(null)).isEqualTo(new Remedy("exporter", false));
    }
}
