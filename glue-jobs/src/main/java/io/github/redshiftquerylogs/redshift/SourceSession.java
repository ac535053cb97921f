package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.FirstRows;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A session at a cluster, over any way of access. Not safe for use by several threads. */
public final class SourceSession implements AutoCloseable {

    private static final String USER = "select info.superuser, info.syslog_access, grants.role_name, info.user_name"
            + " from svv_user_info info left join svv_user_grants grants on grants.user_id = info.user_id"
            + " where info.user_name = current_user";

    private static final String DATABASES = "select cast(datname as varchar(128)) as database_name from pg_database"
            + " where datallowconn and not datistemplate and datname <> 'padb_harvest' order by 1";

    private final Statements statements;
    private final String fallbackIdentity;

    /** @param fallbackIdentity identifies the cluster if it has no namespace */
    SourceSession(Statements statements, String fallbackIdentity) {
        this.statements = statements;
        this.fallbackIdentity = fallbackIdentity;
    }

    /** The same session, whose statements go another way. */
    SourceSession through(UnaryOperator<Statements> way) {
        return new SourceSession(way.apply(statements), fallbackIdentity);
    }

    /** The cluster's clock, UTC, in seconds. https://docs.aws.amazon.com/redshift/latest/dg/r_GETDATE.html */
    public LocalDateTime clock() {
        return time("select getdate()")
                .orElseThrow(() -> SourceException.of(
                        FailureCategory.SOURCE,
                        statements.location() + " returned no time for getdate(): expected its clock"));
    }

    /**
     * The identity of the cluster, which distinguishes it from another one of its name: its namespace, or its address
     * if it has none. https://docs.aws.amazon.com/redshift/latest/dg/r_CURRENT_NAMESPACE.html
     */
    public String identity() {
        try {
            return statements
                    .query("select current_namespace", rows -> single(rows, ColumnType.STRING))
                    .map(namespace -> "namespace:" + namespace)
                    .orElse(fallbackIdentity);
        } catch (SourceException e) {
            // only if the source has no namespaces: a temporary error must not change the identity
            if (e.isUnknownColumn()) {
                return fallbackIdentity;
            }
            throw e;
        }
    }

    /**
     * Whose rows the user sees in system tables, according to the cluster.
     * https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_USER_INFO.html,
     * https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_USER_GRANTS.html
     */
    public SyslogAccess syslogAccess() {
        try {
            return statements.query(USER, rows -> {
                List<SyslogAccess.Row> found = new ArrayList<>();
                String name = null;
                while (rows.next()) {
                    found.add(new SyslogAccess.Row(
                            Boolean.TRUE.equals(rows.value(0, ColumnType.BOOLEAN)), text(rows, 1), text(rows, 2)));
                    String current = text(rows, 3);
                    name = current == null ? name : current;
                }
                String user = name == null ? statements.user() : name;
                return SyslogAccess.of(user, found, statements.remedy().forUser(name));
            });
        } catch (SourceException e) {
            // the source lacks these views or does not show them; other errors may be temporary
            if (!e.isRefusal()) {
                throw e;
            }
            return SyslogAccess.unknown(statements.user(), e.reply(), statements.remedy());
        }
    }

    /**
     * Whether the source lets the user read STL tables. It does not on Serverless and Multi-AZ, whatever the user may
     * read; there the SYS views take their place.
     * https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_system-tables.html
     *
     * @throws SourceException if neither STL tables nor SYS views can be read, or the cluster does not answer
     */
    public boolean showsStl() {
        if (!statements.remedy().serverless() && isReadable("stl_query")) {
            return true;
        }
        if (isReadable("sys_query_history")) {
            return false;
        }
        throw SourceException.of(
                FailureCategory.PERMISSION,
                statements.location() + ": user " + statements.user()
                        + " can read neither stl_query nor sys_query_history: expected "
                        + statements.remedy().text());
    }

    private boolean isReadable(String relation) {
        try {
            statements.query("select 1 from " + relation + " where 1 = 0", SourceRows::next);
            return true;
        } catch (SourceException e) {
            if (e.isDenied() || e.isUnknownRelation()) {
                return false;
            }
            throw e;
        }
    }

    /** What lets the user read relations that it may not read, as SQL for a superuser, without a leading "expected". */
    public String grant(List<String> relations) {
        @Nullable String user = statements.query("select current_user", rows -> rows.next() ? text(rows, 0) : null);
        return statements.remedy().forUser(user).select(relations);
    }

    private static @Nullable String text(SourceRows rows, int index) {
        return (String) ReplacedValue.valueOf(rows.value(index, ColumnType.STRING));
    }

    /**
     * Queries the time of a first row; empty if the query returns null.
     *
     * @param byPosition the same query for a source that has the name of the time's column twice
     */
    public Optional<LocalDateTime> firstRow(String sql, String byPosition) {
        return byNameOrPosition(sql, byPosition, this::time);
    }

    /**
     * The first row of several, and their number.
     *
     * @param time the time of the first row; empty if there is none
     * @param number how many there are
     */
    public record FirstOf(Optional<LocalDateTime> time, long number) {}

    /**
     * Queries the time of a first row and the number of rows.
     *
     * @param byPosition as for {@link #firstRow}
     */
    public FirstOf firstOf(String sql, String byPosition) {
        return byNameOrPosition(
                sql,
                byPosition,
                query -> statements.query(query, rows -> {
                    rows.next();
                    Object time = ReplacedValue.valueOf(rows.value(0, ColumnType.TIMESTAMP));
                    Object number = ReplacedValue.valueOf(rows.value(1, ColumnType.BIGINT));
                    return new FirstOf(
                            Optional.ofNullable((LocalDateTime) time), number instanceof Long rowsOf ? rowsOf : 0);
                }));
    }

    private static <T> T byNameOrPosition(String sql, String byPosition, Function<String, T> query) {
        try {
            return query.apply(sql);
        } catch (SourceException e) {
            if (e.isAmbiguousColumn()) {
                return query.apply(byPosition);
            }
            throw e;
        }
    }

    /** Queries a single time; empty if the query returns null. */
    public Optional<LocalDateTime> time(String sql) {
        return statements.query(sql, rows -> single(rows, ColumnType.TIMESTAMP)).map(LocalDateTime.class::cast);
    }

    /** Queries the first rows of several windows: their times, in the order of the windows; empty where there is no row. */
    public List<Optional<LocalDateTime>> firstRows(FirstRows query) {
        return byNameOrPosition(
                query.sql(),
                query.sqlByPosition(),
                sql -> times(sql, query.parts().size()));
    }

    private List<Optional<LocalDateTime>> times(String sql, int columns) {
        return statements.query(sql, rows -> {
            rows.next();
            return IntStream.range(0, columns)
                    .mapToObj(column -> ReplacedValue.valueOf(rows.value(column, ColumnType.TIMESTAMP)))
                    .map(time -> Optional.ofNullable((LocalDateTime) time))
                    .toList();
        });
    }

    private static Optional<Object> single(SourceRows rows, ColumnType type) {
        return rows.next() ? Optional.ofNullable(ReplacedValue.valueOf(rows.value(0, type))) : Optional.empty();
    }

    /** Queries a single number; 0 if the query returns null. */
    public long number(String sql) {
        return statements
                .query(sql, rows -> single(rows, ColumnType.BIGINT))
                .map(Long.class::cast)
                .orElse(0L);
    }

    /**
     * The databases that accept connections, without templates and without Redshift's internal one.
     * https://docs.aws.amazon.com/redshift/latest/dg/c_intro_catalog_views.html
     */
    public List<String> databases() {
        return statements.query(DATABASES, rows -> {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(Objects.requireNonNull(text(rows, 0), "a database without a name"));
            }
            return names;
        });
    }

    /** Queries numbers by name: the first column without trailing blanks, the second one; a null counts as none. */
    public Map<String, Long> numbers(String sql) {
        return statements.query(sql, rows -> {
            Map<String, Long> numbers = new HashMap<>();
            while (rows.next()) {
                String name = text(rows, 0);
                Object number = ReplacedValue.valueOf(rows.value(1, ColumnType.BIGINT));
                numbers.merge(
                        name == null ? "null" : name.stripTrailing(),
                        number instanceof Long rowsOf ? rowsOf : 0L,
                        Long::sum);
            }
            return numbers;
        });
    }

    /** The columns of a query, in its order. */
    public List<SourceColumn> columns(String sql) {
        return statements.query(sql, rows -> {
            // to the end: errors may come late
            while (rows.next()) {}
            return rows.columns();
        });
    }

    /** Reads rows one by one. */
    public <T> T rows(String sql, Function<SourceRows, T> reader) {
        return statements.query(sql, reader);
    }

    /**
     * Reads the rows of a query.
     *
     * @param byPosition as for {@link #firstRow}
     */
    public <T> T rows(String sql, String byPosition, Function<SourceRows, T> reader) {
        return byNameOrPosition(sql, byPosition, query -> rows(query, reader));
    }

    /**
     * Runs a statement without rows.
     *
     * @throws SourceException if the cluster refuses it
     */
    public void execute(String sql) {
        statements.execute(sql);
    }

    @Override
    public void close() {
        statements.close();
    }
}
