package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in memory with a table {@code log} of the columns {@code log_time} and {@code id}, others like it, and databases
 * that have objects. It answers the statements that a run sends for {@link #sql}, by their bounds, and for {@link #OBJECTS}. The
 * table {@code log} may also have rows of queries that run; {@link #SQL} leaves them out, {@link #SQL_BY_END} does not.
 */
public final class FakeCluster implements Source {

    private static final long serialVersionUID = 1;

    private static final String LOG = "log";
    public static final String SQL = sql(LOG);

    /** Does not look at the status: returns a running row that has an end as if it were final. */
    public static final String SQL_BY_END =
            "select end_time as log_time, id from log where end_time > :from and end_time <= :to";

    /** The number of rows that run. */
    public static final String HELD_BACK =
            "select status, count(*) from log where status = 'running' and :to is not null";
    /** A snapshot of the objects of a database. */
    public static final String OBJECTS = "select current_database() as database_name, id from objects";

    private static final Pattern SNAPSHOT =
            Pattern.compile("select timestamp '([^']+)' as log_time, taken\\.\\* from \\(\n" + Pattern.quote(OBJECTS));
    private static final List<SourceColumn> OBJECT_COLUMNS = List.of(
            new SourceColumn(SourceQuery.LOG_TIME, ColumnType.TIMESTAMP),
            new SourceColumn("database_name", ColumnType.STRING),
            new SourceColumn("id", ColumnType.INTEGER));

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final Pattern BOUNDS = Pattern.compile(
            "from (\\w+) where (log|end)_time > timestamp '([^']+)' and (?:log|end)_time <= timestamp '([^']+)'");
    private static final List<SourceColumn> COLUMNS = List.of(
            new SourceColumn(SourceQuery.LOG_TIME, ColumnType.TIMESTAMP), new SourceColumn("id", ColumnType.INTEGER));

    /** A row of the table. */
    public record Row(LocalDateTime logTime, int id) {}

    /** What happens at a statement before it is answered; may throw. */
    public interface Interference {
        void at(String sql);
    }

    private final transient Map<String, List<Row>> tables = new HashMap<>(Map.of(LOG, new ArrayList<>()));
    private final transient Map<Integer, LocalDateTime> shownFromTimes = new HashMap<>();
    private final transient Map<Integer, LocalDateTime> running = new LinkedHashMap<>();
    /** The ids of the objects by database. */
    private final transient SortedMap<String, Set<Integer>> databases = new TreeMap<>();

    private transient Optional<String> claimed = Optional.empty();
    private transient LocalDateTime clock;
    private transient @Nullable String namespace = "fake";
    private transient boolean shows = true;
    private transient LocalDateTime hidden = LocalDateTime.MAX;
    private transient Interference interference = sql -> {};
    private transient Runnable inParts = () -> {};

    public FakeCluster(LocalDateTime clock) {
        this.clock = clock;
    }

    /** The query of a declaration for a table. */
    public static String sql(String table) {
        return "select log_time, id from " + table + " where log_time > :from and log_time <= :to";
    }

    /** A declaration of the set core with such a query. */
    public static ExportDeclaration declaration(String name, String sql) {
        return Declarations.parse("""
            name: %s
            set: core
            log_time_rule: endtime
            key: [id]
            reread: true
            sql: %s
            columns: [{name: id, type: integer}]
            """.formatted(name, sql), name);
    }

    public LocalDateTime clock() {
        return clock;
    }

    public void clock(LocalDateTime now) {
        clock = now;
    }

    /** All rows that the table {@code log} has ever had, trimmed ones apart. */
    public List<Row> rows() {
        return List.copyOf(of(LOG));
    }

    private List<Row> of(String table) {
        return tables.getOrDefault(table, List.of());
    }

    public void add(LocalDateTime logTime, int id) {
        add(LOG, logTime, id);
    }

    public void add(String table, LocalDateTime logTime, int id) {
        tables.computeIfAbsent(table, name -> new ArrayList<>()).add(new Row(logTime, id));
    }

    /** Adds a row of the table {@code log} that is shown from a later time on. */
    public void addLate(LocalDateTime logTime, int id, LocalDateTime shownFrom) {
        shownFromTimes.put(id, shownFrom);
        add(logTime, id);
    }

    /** A query runs; its row already has an end. */
    public void run(int id, LocalDateTime seemingEnd) {
        running.put(id, seemingEnd);
    }

    /** The row of a query gets another time: the query has ended, or ended another time than its row said. */
    public void change(int id, LocalDateTime logTime) {
        running.remove(id);
        tables.values().forEach(rows -> rows.removeIf(row -> row.id() == id));
        add(logTime, id);
    }

    /** Removes the rows up to a time, as the cluster's retention does. */
    public void trim(LocalDateTime upTo) {
        tables.values().forEach(rows -> rows.removeIf(row -> !row.logTime().isAfter(upTo)));
    }

    /** Another cluster answers now, without rows; null: one that tells no namespace. */
    public void becomes(@Nullable String other) {
        namespace = other;
        tables.values().forEach(List::clear);
    }

    /** A resize, a pause or a new name: only what the cluster tells about its namespace may change. */
    public void tells(@Nullable String same) {
        namespace = same;
    }

    /** Whether it shows its rows: not while it is being resumed. */
    public void shows(boolean now) {
        shows = now;
    }

    /** Hides the rows after a time, so that what it shows of older ones proves something wrong. */
    public void hideAfter(LocalDateTime time) {
        hidden = time;
    }

    /** What happens before each part of a statement is answered. */
    public void interfereInParts(Runnable other) {
        inParts = other;
    }

    public void interfere(Interference other) {
        interference = other;
    }

    @Override
    public Way way() {
        return Way.JDBC;
    }

    @Override
    public Source inDatabase(String database) {
        return new InDatabase(database);
    }

    /** The ids of a database's objects, to be changed by the test. */
    public Set<Integer> objects(String database) {
        return databases.computeIfAbsent(database, name -> new TreeSet<>());
    }

    /** Rows of all databases say that they are of this one, as those of a query that does not ask the current one. */
    public void answerAs(String database) {
        claimed = Optional.of(database);
    }

    /** A database as the cluster connects to it. */
    private final class InDatabase implements Source {

        private static final long serialVersionUID = 1;

        private final String database;

        InDatabase(String database) {
            this.database = database;
        }

        @Override
        public Way way() {
            return FakeCluster.this.way();
        }

        @Override
        public Source inDatabase(String other) {
            return new InDatabase(other);
        }

        @Override
        public String redact(String text) {
            return text;
        }

        @Override
        public SourceSession open(String purpose) {
            interference.at("connect to " + database);
            return new SourceSession(new Session(database), "host:fake");
        }
    }

    @Override
    public String redact(String text) {
        return text;
    }

    @Override
    public SourceSession open(String purpose) {
        return new SourceSession(new Session("dev"), "host:fake");
    }

    private List<Row> between(String table, boolean byEnd, String from, String to) {
        inParts.run();
        LocalDateTime after = LocalDateTime.parse(from, TIME);
        LocalDateTime upTo = LocalDateTime.parse(to, TIME);
        Stream<Row> seeming = running.entrySet().stream().map(entry -> new Row(entry.getValue(), entry.getKey()));
        return Stream.concat(of(table).stream(), byEnd ? seeming : Stream.of())
                .filter(row -> shows
                        && row.logTime().isAfter(after)
                        && !row.logTime().isAfter(upTo)
                        && !row.logTime().isAfter(hidden)
                        && !shownFromTimes
                                .getOrDefault(row.id(), LocalDateTime.MIN)
                                .isAfter(clock))
                .toList();
    }

    private @Nullable LocalDateTime first(List<Row> some) {
        return some.stream().map(Row::logTime).min(LocalDateTime::compareTo).orElse(null);
    }

    private final class Session implements Statements {

        private final String database;

        Session(String database) {
            this.database = database;
        }

        @Override
        public String location() {
            return "fake";
        }

        @Override
        public String user() {
            return "exporter";
        }

        @Override
        public Remedy remedy() {
            return new Remedy(user(), false);
        }

        @Override
        public <T> T query(String sql, Function<SourceRows, T> reader) {
            interference.at(database.equals("dev") ? sql : database + ": " + sql);
            return reader.apply(answer(sql));
        }

        private SourceRows answer(String sql) {
            if (sql.equals("select getdate()")) {
                return new Result(List.of(new SourceColumn("getdate", ColumnType.TIMESTAMP)), List.of(cells(clock)));
            }
            if (sql.equals("select current_user")) {
                return new Result(List.of(new SourceColumn("u", ColumnType.STRING)), List.of(cells(user())));
            }
            if (sql.equals("select current_namespace")) {
                return new Result(List.of(new SourceColumn("n", ColumnType.STRING)), List.of(cells(namespace)));
            }
            if (sql.contains("svv_user_info")) {
                return new Result(COLUMNS, List.of(cells(true, "UNRESTRICTED", null, "exporter")));
            }
            if (sql.contains("pg_database")) {
                return new Result(
                        List.of(new SourceColumn("database_name", ColumnType.STRING)),
                        databases.keySet().stream().map(FakeCluster::cells).toList());
            }
            Matcher snapshot = SNAPSHOT.matcher(sql);
            if (snapshot.find()) {
                LocalDateTime now = LocalDateTime.parse(snapshot.group(1), TIME);
                return new Result(
                        OBJECT_COLUMNS,
                        sql.endsWith("limit 0")
                                ? List.of()
                                : objects(database).stream()
                                        .map(id -> cells(now, claimed.orElse(database), id))
                                        .toList());
            }
            if (sql.endsWith("limit 0")) {
                return new Result(COLUMNS, List.of());
            }
            if (sql.startsWith("select status")) {
                return new Result(
                        COLUMNS, running.isEmpty() ? List.of() : List.of(cells("running  ", (long) running.size())));
            }
            List<List<Row>> parts = new ArrayList<>();
            Matcher bounds = BOUNDS.matcher(sql);
            while (bounds.find()) {
                parts.add(between(bounds.group(1), bounds.group(2).equals("end"), bounds.group(3), bounds.group(4)));
            }
            if (parts.isEmpty()) {
                throw new IllegalStateException("no answer to " + sql);
            }
            if (sql.startsWith("select date_trunc(")) {
                return new Result(
                        List.of(
                                new SourceColumn("date_trunc", ColumnType.TIMESTAMP),
                                new SourceColumn("count", ColumnType.BIGINT)),
                        parts.get(0).stream()
                                .collect(Collectors.groupingBy(
                                        row -> row.logTime().truncatedTo(ChronoUnit.HOURS), Collectors.counting()))
                                .entrySet()
                                .stream()
                                .map(hour -> cells(hour.getKey(), hour.getValue()))
                                .toList());
            }
            if (sql.startsWith("select min(") && sql.contains("count(*)")) {
                return new Result(
                        List.of(
                                new SourceColumn("min", ColumnType.TIMESTAMP),
                                new SourceColumn("count", ColumnType.BIGINT)),
                        List.of(cells(first(parts.get(0)), (long) parts.get(0).size())));
            }
            if (sql.startsWith("select min(")) {
                return new Result(
                        COLUMNS,
                        List.of(cells(
                                parts.stream().map(FakeCluster.this::first).toArray())));
            }
            return new Result(
                    COLUMNS,
                    parts.get(0).stream()
                            .map(row -> cells(row.logTime(), row.id()))
                            .toList());
        }

        @Override
        public void execute(String sql) {
            interference.at(sql);
        }

        @Override
        public void close() {}
    }

    private static List<@Nullable Object> cells(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static final class Result implements SourceRows {

        private final List<SourceColumn> columns;
        private final List<List<@Nullable Object>> rows;
        private int at = -1;

        Result(List<SourceColumn> columns, List<List<@Nullable Object>> rows) {
            this.columns = columns;
            this.rows = rows;
        }

        @Override
        public List<SourceColumn> columns() {
            return columns;
        }

        @Override
        public boolean next() {
            at++;
            return at < rows.size();
        }

        @Override
        public @Nullable Object value(int index, ColumnType type) {
            return rows.get(at).get(index);
        }
    }
}
