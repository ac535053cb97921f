package io.github.redshiftquerylogs.ddl;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.trino.sql.parser.ParsingOptions;
import io.trino.sql.parser.ParsingOptions.DecimalLiteralTreatment;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.CreateView;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinCriteria;
import io.trino.sql.tree.JoinOn;
import io.trino.sql.tree.JoinUsing;
import io.trino.sql.tree.LogicalExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.Statement;
import io.trino.sql.tree.SubqueryExpression;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the columns that queries are joined by, with Trino's parser. Query ids are used again, and two clusters have the
 * same ids:
 *
 * <ul>
 *   <li>tables with a query id: {@code USING (cluster_name, query, log_time)}; all rows of a query share its log time, so
 *       that both sides are pruned;
 *   <li>with {@code stl_wlm_query}, which has log times of its own: {@code USING (cluster_name, query, xid)};
 *   <li>anything else: {@code USING (cluster_name, …)}.
 * </ul>
 *
 * <p>A left join may be written {@code ON a.cluster_name = b.cluster_name AND …}: after {@code LEFT JOIN … USING} a column is
 * {@code coalesce(left, right)}, through which no filter reaches a table.
 */
final class JoinRule {

    /** Their log times are their own. */
    private static final Set<String> WLM = Set.of("stl_wlm_query", "queue_attempts");
    /** Tables and views with a column {@code query}. */
    private static final Set<String> WITH_QUERY = withQuery();

    private final Map<String, Query> named = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private final Set<String> withQuery;

    private JoinRule(Set<String> withQuery) {
        this.withQuery = withQuery;
    }

    private static Set<String> withQuery() {
        Set<String> names = new HashSet<>();
        Declarations.bundled().stream()
                .filter(export -> export.column("query").isPresent())
                .forEach(export -> names.add(export.name()));
        for (SqlFile view : ModuleFiles.viewsInOrder()) {
            JoinRule rule = new JoinRule(names);
            CreateView statement = (CreateView) parse(view.text());
            rule.collect(statement);
            if (rule.hasQuery(statement.getQuery())) {
                names.add(view.name());
            }
        }
        return names;
    }

    /** The names of all tables and views in a statement. */
    static Set<String> relations(String sql) {
        Set<String> names = new HashSet<>();
        addRelations(parse(sql), names);
        return names;
    }

    private static void addRelations(Node node, Set<String> names) {
        if (node instanceof Table table) {
            names.add(table.getName().getSuffix());
        }
        node.getChildren().forEach(child -> addRelations(child, names));
    }

    private static Statement parse(String sql) {
        return new SqlParser().createStatement(sql, new ParsingOptions(DecimalLiteralTreatment.AS_DECIMAL));
    }

    /** Problems of the joins in a statement; empty if there are none. */
    static List<String> problems(String sql) {
        Statement statement = parse(sql);
        JoinRule rule = new JoinRule(WITH_QUERY);
        rule.collect(statement);
        rule.check(statement);
        return rule.problems;
    }

    private void collect(Node node) {
        if (node instanceof WithQuery with) {
            named.put(with.getName().getValue(), with.getQuery());
        }
        node.getChildren().forEach(this::collect);
    }

    private void check(Node node) {
        if (node instanceof Join join) {
            check(join);
        } else if (node instanceof SubqueryExpression) {
            problems.add("a subquery in an expression is a join that this rule does not check: expected a JOIN");
        }
        node.getChildren().forEach(this::check);
    }

    private void check(Join join) {
        Set<String> expected = Set.of("cluster_name");
        if (hasQuery(join.getLeft()) && hasQuery(join.getRight())) {
            expected = reads(join.getLeft(), WLM) || reads(join.getRight(), WLM)
                    ? Set.of("cluster_name", "query", "xid")
                    : Set.of("cluster_name", "query", "log_time");
        }
        Set<String> columns = columns(join);
        if (!columns.containsAll(expected)) {
            problems.add("a join is by " + columns + ": expected USING (of a left join ON) with "
                    + expected.stream().sorted().toList() + " at least");
        }
    }

    private static Set<String> columns(Join join) {
        @Nullable JoinCriteria criteria = join.getCriteria().orElse(null);
        Set<String> columns = new HashSet<>();
        if (criteria instanceof JoinUsing using) {
            using.getColumns().forEach(column -> columns.add(column.getValue()));
        } else if (criteria instanceof JoinOn on && join.getType() == Join.Type.LEFT) {
            equalColumns(on.getExpression(), columns);
        }
        return columns;
    }

    /** Adds the columns that both sides are compared by; conditions below OR do not count. */
    private static void equalColumns(Expression condition, Set<String> columns) {
        if (condition instanceof LogicalExpression and && and.getOperator() == LogicalExpression.Operator.AND) {
            and.getTerms().forEach(term -> equalColumns(term, columns));
        } else if (condition instanceof ComparisonExpression comparison
                && comparison.getOperator() == ComparisonExpression.Operator.EQUAL
                && comparison.getLeft() instanceof DereferenceExpression left
                && comparison.getRight() instanceof DereferenceExpression right
                && !left.getBase().equals(right.getBase())
                && left.getField().equals(right.getField())) {
            left.getField().ifPresent(field -> columns.add(field.getValue()));
        }
    }

    private boolean hasQuery(Node relation) {
        if (relation instanceof Table table) {
            String name = table.getName().getSuffix();
            @Nullable Query query = named.get(name);
            return query == null ? withQuery.contains(name) : hasQuery(query);
        }
        if (relation instanceof AliasedRelation aliased) {
            return hasQuery(aliased.getRelation());
        }
        if (relation instanceof TableSubquery subquery) {
            return hasQuery(subquery.getQuery());
        }
        if (relation instanceof Query query) {
            return hasQuery(query.getQueryBody());
        }
        if (relation instanceof Join join) {
            return hasQuery(join.getLeft()) || hasQuery(join.getRight());
        }
        return relation instanceof QuerySpecification specification
                && specification.getSelect().getSelectItems().stream().anyMatch(item -> isQuery(item, specification));
    }

    private boolean isQuery(SelectItem item, QuerySpecification specification) {
        if (item instanceof AllColumns) {
            return specification.getFrom().map(this::hasQuery).orElse(false);
        }
        return item instanceof SingleColumn column
                && column.getAlias()
                        .map(Identifier::getValue)
                        .orElseGet(() -> column.getExpression() instanceof Identifier identifier
                                ? identifier.getValue()
                                : column.getExpression() instanceof DereferenceExpression dereference
                                        ? dereference
                                                .getField()
                                                .map(Identifier::getValue)
                                                .orElse("")
                                        : "")
                        .equals("query");
    }

    private boolean reads(Node node, Set<String> tables) {
        if (node instanceof Table read) {
            String name = read.getName().getSuffix();
            @Nullable Query query = named.get(name);
            return tables.contains(name) || (query != null && reads(query, tables));
        }
        return node.getChildren().stream().anyMatch(child -> reads(child, tables));
    }
}
