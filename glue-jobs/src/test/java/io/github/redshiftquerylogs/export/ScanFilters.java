package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.window.Window;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the stand-in's planner applies the lower bound of a window: at the scan of a table, or only behind it. A scan
 * without a bound reads the table as far back as it goes.
 */
record ScanFilters(Connection connection, ExportDeclaration declaration) {

    private static final LocalDateTime FROM = LocalDateTime.parse("2026-11-18T22:11:12.345678");
    /** A column and the bound, or a time before it; a case expression is no range of a column. */
    private static final Pattern LOWER_BOUND = Pattern.compile("(?<!END) > '[0-9-]+ 22:11:12.345678'");
    /** Bounds on columns of the source, as declarations write them. */
    private static final Pattern BOUND_IN_SQL =
            Pattern.compile("(?<!\\bend|\\blog_time) > :from(?: - interval '48 hours')?");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks that each scan has a bound, and that it would not without any one of those in the query. */
    void require() throws SQLException, JsonProcessingException {
        String sql = declaration.sql().template();
        assertThat(unbounded(sql)).as(declaration.name()).isEmpty();
        Matcher bound = BOUND_IN_SQL.matcher(sql);
        int bounds = 0;
        while (bound.find()) {
            bounds++;
            assertThat(unbounded(sql.substring(0, bound.start()) + " is not null" + sql.substring(bound.end())))
                    .as("%s without its bound %d", declaration.name(), bounds)
                    .isNotEmpty();
        }
        assertThat(bounds).as(declaration.name()).isPositive();
    }

    /** The scans without a lower bound: the table and its conditions. */
    private List<String> unbounded(String sql) throws SQLException, JsonProcessingException {
        String query = new SourceQuery(sql).rows(new Window(FROM, FROM.plusHours(1)));
        try (Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery("explain (format json) " + query)) {
            plan.next();
            List<String> tables = new ArrayList<>();
            collect(JSON.readTree(plan.getString(1)), tables);
            return tables;
        }
    }

    private void collect(JsonNode node, List<String> unbounded) {
        String table = node.path("Relation Name").asText();
        // rows that follow the end of their query have no time of their own
        boolean child = declaration.parent().isPresent() && table.equals(declaration.name());
        String conditions =
                node.path("Filter").asText() + node.path("Index Cond").asText();
        if (!table.isEmpty() && !child && !LOWER_BOUND.matcher(conditions).find()) {
            unbounded.add(table + " " + conditions);
        }
        node.forEach(part -> collect(part, unbounded));
    }
}
