package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RemedyTest {

    @Test
    void theGrantCanBeExecutedAsPrinted() {
        assertThat(new Remedy("query_logs", false).select(List.of("stl_vacuum")))
                .isEqualTo("that a superuser runs GRANT SELECT ON stl_vacuum TO \"query_logs\"");
        assertThat(new Remedy("IAMR:a-\"role\"", true).select(List.of("stl_vacuum", "pg_catalog.stl_error", "Odd")))
                .isEqualTo("that a superuser runs GRANT SELECT ON stl_vacuum, pg_catalog.stl_error, \"Odd\" TO"
                        + " \"IAMR:a-\"\"role\"\"\"");
        assertThat(new Remedy(null, false).select(List.of("stl_vacuum")))
                .isEqualTo("that a superuser runs GRANT SELECT ON stl_vacuum TO its database user");
    }
}
