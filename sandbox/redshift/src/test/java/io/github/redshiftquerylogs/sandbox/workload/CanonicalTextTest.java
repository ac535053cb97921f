package io.github.redshiftquerylogs.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class CanonicalTextTest {

    private static SystemColumn column(String table, String name) {
        return SystemTables.table(table, Patch.NEWER).columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneTextPerValueWhateverItsJavaType() {
        SystemColumn xid = column("stl_wlm_query", "xid");
        assertThat(CanonicalText.of(xid, 7))
                .isEqualTo(CanonicalText.of(xid, 7L))
                .isEqualTo("7");
        SystemColumn endtime = column("stl_query", "endtime");
        assertThat(CanonicalText.of(endtime, LocalDateTime.parse("2026-11-21T00:00")))
                .isEqualTo("2026-11-21 00:00:00.000000");
        assertThat(CanonicalText.of(endtime, null)).isNull();
    }

    @Test
    void paddingGoesExceptWhereBlanksAreData() {
        assertThat(CanonicalText.of(column("stl_query", "label"), "x   ")).isEqualTo("x");
        assertThat(CanonicalText.of(column("stl_explain", "plannode"), "  ->  Scan "))
                .isEqualTo("  ->  Scan");
        SystemColumn text = column("stl_querytext", "text");
        assertThat(CanonicalText.of(text, "x   ")).isEqualTo("x   ");
        assertThat(CanonicalText.ofGenerated(text, "x")).isEqualTo("x" + " ".repeat(199));
        assertThat(CanonicalText.ofGenerated(text, "😀")).isEqualTo("😀" + " ".repeat(199));
    }

    @Test
    void zonedTimestampsAndTextWhereNumbersBelongAreRefused() {
        assertThatThrownBy(() -> CanonicalText.of(column("stl_query", "endtime"), new Timestamp(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("endtime");
        assertThatThrownBy(() -> CanonicalText.of(column("stl_query", "pid"), "7"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
