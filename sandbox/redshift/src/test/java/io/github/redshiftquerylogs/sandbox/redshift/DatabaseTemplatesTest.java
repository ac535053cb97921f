package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseTemplatesTest {

    private static final String TEMPLATES = "select datname from pg_database where datname like 'sandbox%' order by 1";

    @Test
    void changesOfAStandInDoNotReachTheNextOne() throws SQLException {
        EmbeddedRedshift first = EmbeddedRedshift.recycled("first", "exporter", "one");
        first.setClock(LocalDateTime.parse("2020-01-01T00:00:00"));
        first.grantRole("sys:monitor");
        administer(
                first,
                "alter table stl_query drop column aborted",
                "drop table stl_scan",
                "drop view svv_user_info cascade",
                "create table public.orders ()");
        Path folder = first.folder();
        first.close();
        LocalDateTime before = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);

        try (EmbeddedRedshift second = EmbeddedRedshift.recycled("second", "Other\"User", "two")) {
            assertThat(second.folder()).isEqualTo(folder);
            assertThat(read(second, "select attname from pg_attribute where attrelid = 'stl_query'::regclass"))
                    .containsAll(SystemTables.table("stl_query", Patch.NEWER).columnNames());
            assertThat(read(second, "select to_regclass('stl_scan') is not null and to_regclass('orders') is null"))
                    .containsExactly("t");
            assertThat(second.now())
                    .isBetween(before, LocalDateTime.now(ZoneOffset.UTC).plusSeconds(1));
            try (DatabaseSession session = second.open("dev", "Other\"User", "two")) {
                ResultSet row = session.execute("select (select count(*) from stl_scan), (select count(*)"
                                + " from svv_user_grants), (select string_agg(syslog_access, ',') from svv_user_info)")
                        .orElseThrow();
                row.next();
                assertThat(List.of(row.getInt(1), row.getInt(2), row.getString(3)))
                        .containsExactly(0, 0, "UNRESTRICTED");
            }
            assertThat(read(second, "select name from sandbox_user")).containsExactly("Other\"User");
        }
    }

    @Test
    void eachListOfTablesHasOne() throws SQLException {
        List<List<String>> templates = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (Patch patch : List.of(Patch.OLDER, Patch.NEWER, Patch.OLDER, Patch.NEWER)) {
            try (EmbeddedRedshift redshift = EmbeddedRedshift.recycled("patched", "exporter", "secret", patch)) {
                assertThat(read(
                                redshift,
                                "select attname from pg_attribute where attrelid = 'stl_explain'::regclass"
                                        + " and attnum > 0 order by attnum"))
                        .isEqualTo(SystemTables.table("stl_explain", patch).columnNames());
                templates.add(read(redshift, TEMPLATES));
                folders.add(redshift.folder());
            }
        }
        assertThat(folders).containsOnly(folders.get(0));
        assertThat(templates.get(1)).hasSizeGreaterThan(1);
        assertThat(templates.subList(2, 4)).containsOnly(templates.get(1));
    }

    @Test
    void nobodySeesOneOrGetsIn() throws SQLException {
        try (EmbeddedRedshift redshift = EmbeddedRedshift.recycled("closed", "exporter", "secret")) {
            assertThat(read(redshift, "select datname from pg_database where not datistemplate"))
                    .containsExactly("dev");
            assertThat(read(redshift, TEMPLATES))
                    .isNotEmpty()
                    .allSatisfy(template -> assertThatThrownBy(() -> redshift.open(template, "exporter", "secret"))
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("not currently accepting connections"));
            redshift.open("dev", "exporter", "secret").close();
        }
    }

    private static void administer(EmbeddedRedshift redshift, String... statements) throws SQLException {
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> read(EmbeddedRedshift redshift, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
