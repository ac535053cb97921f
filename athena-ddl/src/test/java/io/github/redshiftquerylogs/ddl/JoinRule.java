package io.github.redshiftquerylogs.ddl;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
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
import io.trino.sql.tree.Unnest;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the columns that queries are joined by, with Trino's parser. Query ids are used again, and two clusters have the
 * same ids:
 *
 * <ul>
 *   <li>tables with a query id: {@code USING (cluster_name, query, log_time)}, of SYS views {@code query_id}; all rows of a
 *       query share its log time, so that both sides are pruned;
 *   <li>with {@code stl_wlm_query}, which has log times of its own: {@code USING (cluster_name, query, xid)};
 *   <li>anything else: {@code USING (cluster_name, …)}.
 * </ul>
 *
 * <p>A left join may be written {@code ON a.cluster_name = b.cluster_name AND …}: after {@code LEFT JOIN … USING} a column is
 * {@code coalesce(left, right)}, through which no filter reaches a table. A subquery in an expression is a left join too: its
 * condition compares the same columns.
 */
final class JoinRule {

    /** They identify a cluster as its name does. */
    private static final Set<String> WAREHOUSE =
            Set.of("warehouse_account_id", "warehouse_region_name", "warehouse_name");

    /** Their log times are their own. */
    private static final Set<String> WLM = Set.of("stl_wlm_query", "queue_attempts");

    private static final List<String> IDS = List.of("query", "query_id");
    /** Tables and views that have a query id, by the name of its column. */
    private static final Map<String, Set<String>> WITH_ID = withId();

    private final Map<String, Query> named = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private final Map<String, Set<String>> withId;

    private JoinRule(Map<String, Set<String>> withId) {
        this.withId = withId;
    }

    private static Map<String, Set<String>> withId() {
        Map<String, Set<String>> names = new HashMap<>();
        for (String id : IDS) {
            names.put(
                    id,
                    Declarations.bundled().stream()
                            .filter(export -> export.column(id).isPresent())
                            .map(ExportDeclaration::name)
                            .collect(Collectors.toCollection(HashSet::new)));
        }
        for (SqlFile view : ModuleFiles.viewsInOrder()) {
            JoinRule rule = new JoinRule(names);
            CreateView statement = (CreateView) parse(view.text());
            rule.collect(statement);
            names.forEach((id, relations) -> {
                if (rule.has(id, statement.getQuery())) {
                    relations.add(view.name());
                }
            });
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
        JoinRule rule = new JoinRule(WITH_ID);
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
        } else if (node instanceof SubqueryExpression subquery) {
            check(subquery);
        }
        node.getChildren().forEach(this::check);
    }

    private void check(Join join) {
        Node right = join.getRight() instanceof AliasedRelation aliased ? aliased.getRelation() : join.getRight();
        if (right instanceof Unnest) {
            // the elements of a row's own column
            return;
        }
        compare("a join", columns(join), expected(join.getLeft(), join.getRight()));
    }

    private void check(SubqueryExpression subquery) {
        Set<String> columns = new HashSet<>();
        if (subquery.getQuery().getQueryBody() instanceof QuerySpecification specification) {
            specification.getWhere().ifPresent(condition -> equalColumns(condition, columns));
            specification
                    .getFrom()
                    .ifPresent(read -> compare("a subquery in an expression", columns, expected(read, read)));
        } else {
            problems.add(
                    "a subquery in an expression is no SELECT: expected one with a condition that this rule can check");
        }
    }

    private Set<String> expected(Node left, Node right) {
        Set<String> expected = new TreeSet<>(Set.of("cluster_name"));
        for (String id : IDS) {
            if (has(id, left) && has(id, right)) {
                expected.add(id);
                expected.add(reads(left, WLM) || reads(right, WLM) ? "xid" : "log_time");
            }
        }
        return expected;
    }

    private void compare(String what, Set<String> columns, Set<String> expected) {
        if (columns.containsAll(WAREHOUSE)) {
            columns.add("cluster_name");
        }
        if (!columns.containsAll(expected)) {
            problems.add(what + " is by " + columns + ": expected USING (of a left join ON, of a subquery WHERE) with "
                    + expected + " at least");
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

    private boolean has(String id, Node relation) {
        if (relation instanceof Table table) {
            String name = table.getName().getSuffix();
            @Nullable Query query = named.get(name);
            return query == null ? withId.getOrDefault(id, Set.of()).contains(name) : has(id, query);
        }
        if (relation instanceof AliasedRelation aliased) {
            return has(id, aliased.getRelation());
        }
        if (relation instanceof TableSubquery subquery) {
            return has(id, subquery.getQuery());
        }
        if (relation instanceof Query query) {
            return has(id, query.getQueryBody());
        }
        if (relation instanceof Join join) {
            return has(id, join.getLeft()) || has(id, join.getRight());
        }
        return relation instanceof QuerySpecification specification
                && specification.getSelect().getSelectItems().stream().anyMatch(item -> is(id, item, specification));
    }

    private boolean is(String id, SelectItem item, QuerySpecification specification) {
        if (item instanceof AllColumns) {
            return specification.getFrom().map(read -> has(id, read)).orElse(false);
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
                        .equals(id);
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
