package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterCatalogTest {

    @Test
    void usersDatabasesAndTablesHaveTheirIdsInTheRealCatalogs() throws SQLException {
        for (int use = 0; use < 2; use++) {
            // the second time on the recycled server, from which the first catalog must have been removed
            try (EmbeddedRedshift redshift = EmbeddedRedshift.recycled("catalog", "exporter", "secret")) {
                ClusterCatalog catalog = redshift.catalog();
                catalog.createUser(107, "etl");
                catalog.createDatabase("sales db");
                catalog.createTable("sales db", 123456, "mart", "orders");
                catalog.createTable("dev", 123456, "public", "Orders");
                assertThat(read(redshift, "dev", "select usesysid || ' ' || usename from pg_user where usesysid = 107"))
                        .containsExactly("107 etl");
                assertThat(read(
                                redshift,
                                "dev",
                                "select datname from pg_database where datallowconn and not datistemplate order by 1"))
                        .containsExactly("dev", "sales db");
                String tables = "select c.oid || ' ' || nspname || '.' || relname from pg_class c"
                        + " join pg_namespace n on n.oid = relnamespace where c.oid = 123456";
                assertThat(read(redshift, "sales db", tables)).containsExactly("123456 mart.orders");
                assertThat(read(redshift, "dev", tables)).containsExactly("123456 public.Orders");
                catalog.renameTable("sales db", "mart", "orders", "orders_2026");
                catalog.renameUser("etl", "loader");
                assertThat(read(redshift, "sales db", tables)).containsExactly("123456 mart.orders_2026");
                catalog.dropTable("sales db", "mart", "orders_2026");
                catalog.dropUser("loader");
                assertThat(read(redshift, "sales db", tables)).isEmpty();
                catalog.allowConnect("sales db", false);
                assertThatThrownBy(() -> redshift.open("sales db", "exporter", "secret"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
                redshift.open("dev", "exporter", "secret").close();
            }
        }
    }

    private static List<String> read(EmbeddedRedshift redshift, String database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection admin = redshift.newAdmin(database);
                Statement statement = admin.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
