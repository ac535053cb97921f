package io.github.redshiftquerylogs.declaration;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.redshiftquerylogs.statement.StatementColumn;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of a declaration file as written, before validation. A field that the file lacks is null; enumerations are
 * text, so that an unknown value is reported together with all other problems.
 */
record DeclarationFile(
        @JsonProperty("name") @Nullable String name,
        @JsonProperty("kind") @Nullable String kind,
        @JsonProperty("set") @Nullable String set,
        @JsonProperty("grants") @Nullable List<String> grants,
        @JsonProperty("log_time_rule") @Nullable String logTimeRule,
        @JsonProperty("parent") @Nullable String parent,
        @JsonProperty("undated") @Nullable String undated,
        @JsonProperty("held_back") @Nullable String heldBack,
        @JsonProperty("settle") @Nullable String settle,
        @JsonProperty("key") @Nullable List<String> key,
        @JsonProperty("reread") @Nullable String reread,
        @JsonProperty("every") @Nullable String every,
        @JsonProperty("databases") @Nullable String databases,
        @JsonProperty("sql") @Nullable String sql,
        @JsonProperty("columns") @Nullable List<@Nullable Column> columns,
        @JsonProperty("derived") @Nullable List<@Nullable Derived> derived) {

    private static final String SNAPSHOT = "snapshot";
    /**
     * How an export reads its source. {@code log}: rows are final when they appear, and are read window by window.
     * {@code snapshot}: the whole result is read once per period.
     */
    private static final List<String> KINDS = List.of("log", SNAPSHOT);

    private static final String DEFAULT_PERIOD = "1 day";
    private static final String DATABASES = "all";

    private static final List<String> BOOLEANS = List.of("true", "false");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,126}");
    /** The columns that the lake puts before those of the source. */
    private static final Set<String> RESERVED = Set.of("cluster_name", SourceQuery.LOG_TIME);

    private static final ObjectMapper YAML = YAMLMapper.builder().build();

    record Column(
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("type") @Nullable String type,
            @JsonProperty("blanks") @Nullable String blanks) {

        DeclaredColumn declared() {
            return new DeclaredColumn(
                    Objects.requireNonNull(name),
                    constant(ColumnType.class, Objects.requireNonNull(type)),
                    blanks == null ? Blanks.PADDING : constant(Blanks.class, blanks));
        }
    }

    record Derived(
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("from") @Nullable String from) {

        DerivedColumn declared() {
            return new DerivedColumn(
                    StatementColumn.named(Objects.requireNonNull(name)).orElseThrow(), Objects.requireNonNull(from));
        }
    }

    /** See {@link Declarations#parse}. */
    static ExportDeclaration parse(String yaml, String origin) {
        DeclarationFile file;
        try {
            file = YAML.readValue(yaml, DeclarationFile.class);
        } catch (UnrecognizedPropertyException e) {
            throw invalid(
                    origin,
                    "field '" + e.getPropertyName() + "' is unknown: expected "
                            + e.getKnownPropertyIds().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    e);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
            throw invalid(origin, line + e.getOriginalMessage(), e);
        }
        List<String> problems = file == null ? List.of("is empty: expected a YAML mapping") : file.problems();
        if (!problems.isEmpty()) {
            throw invalid(origin, String.join("; ", problems), null);
        }
        return file.declaration();
    }

    private static IllegalArgumentException invalid(String origin, String problems, @Nullable Exception cause) {
        return new IllegalArgumentException("declaration " + origin + ": " + problems, cause);
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        checkName(problems, "name", name);
        if (kind != null) {
            checkOneOf(problems, "kind", kind, KINDS);
        }
        checkOneOf(problems, "set", set, ExportSet.texts());
        if (name != null && ExportSet.named(name).isPresent()) {
            problems.add("name is '" + name + "': expected another one than that of a set");
        }
        for (String relation : grantedRelations()) {
            if (sql == null
                    || !Pattern.compile("\\b" + Pattern.quote(relation) + "\\b")
                            .matcher(sql)
                            .find()) {
                problems.add("grants has '" + relation + "', which sql does not read: expected relations of sql");
            }
        }
        if (isSnapshot()) {
            checkSnapshot(problems);
        } else {
            checkLog(problems);
        }
        Set<String> names = columnNames(problems);
        checkDerived(problems, names);
        if (key == null || key.isEmpty()) {
            problems.add("key is missing: expected the columns that identify a row");
        } else {
            key.stream()
                    .filter(part -> !names.contains(part))
                    .forEach(part -> problems.add(
                            "key has '" + part + "', which is not among the columns: expected declared columns"));
        }
        if (parent != null && !names.contains(parent)) {
            problems.add("parent is '" + parent + "', which is not among the columns: expected a declared column");
        }
        return problems;
    }

    private boolean isSnapshot() {
        return SNAPSHOT.equals(kind);
    }

    private void checkLog(List<String> problems) {
        if (logTimeRule == null || logTimeRule.isBlank()) {
            problems.add("log_time_rule is missing: expected a name for what log_time is, such as endtime");
        }
        checkOneOf(problems, "reread", reread, BOOLEANS);
        for (String bound : List.of(":from", ":to")) {
            if (sql == null || !sql.contains(bound)) {
                problems.add("sql has no " + bound + ": expected a query with both bounds, :from and :to");
            }
        }
        if (undated != null && undated.isBlank()) {
            problems.add("undated is blank: expected a query for the number of rows without a time");
        }
        if (heldBack != null && !heldBack.contains(":to")) {
            problems.add(
                    "held_back has no :to: expected a query for status and number of the rows that have not ended");
        }
        if (settle != null && timeToSettle(settle).isEmpty()) {
            problems.add("settle is '" + settle + "': expected a time such as 15 minutes");
        }
        refuse(problems, "every", every, SNAPSHOT);
        refuse(problems, "databases", databases, SNAPSHOT);
    }

    private void checkSnapshot(List<String> problems) {
        refuse(problems, "log_time_rule", logTimeRule, "log");
        refuse(problems, "parent", parent, "log");
        refuse(problems, "undated", undated, "log");
        refuse(problems, "held_back", heldBack, "log");
        refuse(problems, "settle", settle, "log");
        refuse(problems, "reread", reread, "log");
        if (sql == null || sql.isBlank()) {
            problems.add("sql is missing: expected a query without bounds");
        } else if (SourceQuery.hasBound(sql)) {
            problems.add(
                    "sql has a bound, :from or :to: expected a query without bounds, because a snapshot is the result"
                            + " as of now");
        }
        if (every != null && SnapshotRule.period(every).isEmpty()) {
            problems.add("every is " + quoted(every) + ": expected " + SnapshotRule.EXPECTED);
        }
        if (databases != null) {
            checkOneOf(problems, "databases", databases, List.of(DATABASES));
            checkDatabaseColumn(problems);
        }
    }

    /** By this column rows of several databases are told apart, also by the fence of their commits. */
    private void checkDatabaseColumn(List<String> problems) {
        boolean declared = columns != null
                && columns.stream()
                        .filter(Objects::nonNull)
                        .anyMatch(column -> SnapshotRule.DATABASE.equals(column.name())
                                && ColumnType.STRING.toString().equals(column.type()));
        if (!declared || key == null || !key.contains(SnapshotRule.DATABASE)) {
            problems.add(
                    "databases is all, but there is no column " + SnapshotRule.DATABASE
                            + " of type string in columns and key: expected it, with current_database() as its value in the sql");
        }
    }

    private static void refuse(List<String> problems, String field, @Nullable String found, String otherKind) {
        if (found != null) {
            problems.add(field + " is '" + found + "': expected it in declarations of kind " + otherKind + " only");
        }
    }

    private Set<String> columnNames(List<String> problems) {
        Set<String> names = new HashSet<>();
        if (columns == null || columns.isEmpty()) {
            problems.add("columns is missing: expected entries such as {name: userid, type: integer}");
            return names;
        }
        for (Column column : columns) {
            if (column == null) {
                problems.add("columns has an empty entry: expected entries such as {name: userid, type: integer}");
                continue;
            }
            checkName(problems, "column", column.name());
            String label = "column '" + column.name() + "'";
            if (column.name() != null) {
                if (RESERVED.contains(column.name())) {
                    problems.add(label + " is one of the lake's own columns: expected another name");
                }
                if (!names.add(column.name())) {
                    problems.add(label + " is declared twice: expected each name once");
                }
            }
            checkOneOf(problems, label + " type", column.type(), texts(ColumnType.values()));
            if (column.blanks() != null) {
                checkOneOf(problems, label + " blanks", column.blanks(), texts(Blanks.values()));
            }
        }
        return names;
    }

    private void checkDerived(List<String> problems, Set<String> names) {
        Set<String> all = new HashSet<>(names);
        List<String> known = Arrays.stream(StatementColumn.values())
                .map(StatementColumn::columnName)
                .toList();
        for (Derived column : derivedColumns()) {
            if (column == null) {
                problems.add(
                        "derived has an empty entry: expected entries such as {name: statement_kind, from: querytxt}");
                continue;
            }
            String label = "derived column '" + column.name() + "'";
            checkOneOf(problems, "derived column", column.name(), known);
            if (column.name() != null && !all.add(column.name())) {
                problems.add(label + " is declared twice: expected each name once");
            }
            boolean text = columns != null
                    && columns.stream()
                            .filter(Objects::nonNull)
                            .anyMatch(source ->
                                    Objects.equals(source.name(), column.from()) && "string".equals(source.type()));
            if (!text) {
                problems.add(label + " is computed from " + quoted(column.from())
                        + ": expected a declared column of type string");
            }
        }
    }

    private List<String> grantedRelations() {
        return grants == null ? List.of() : grants;
    }

    private List<@Nullable Derived> derivedColumns() {
        return derived == null ? List.of() : derived;
    }

    private static void checkName(List<String> problems, String field, @Nullable String found) {
        if (found == null || !NAME.matcher(found).matches()) {
            problems.add(field + " is " + quoted(found) + ": expected " + NAME.pattern());
        }
    }

    private static void checkOneOf(List<String> problems, String field, @Nullable String found, List<String> expected) {
        if (found == null || !expected.contains(found)) {
            problems.add(field + " is " + quoted(found) + ": expected " + String.join(" or ", expected));
        }
    }

    private static String quoted(@Nullable String found) {
        return found == null ? "missing" : "'" + found + "'";
    }

    private static List<String> texts(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Optional<Duration> timeToSettle(String text) {
        return TimeSpan.parse(text, Set.of(ChronoUnit.MINUTES, ChronoUnit.HOURS));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    private Optional<SnapshotRule> snapshotRule() {
        return isSnapshot()
                ? Optional.of(new SnapshotRule(
                        SnapshotRule.period(every == null ? DEFAULT_PERIOD : every)
                                .orElseThrow(),
                        databases != null))
                : Optional.empty();
    }

    private ExportDeclaration declaration() {
        return new ExportDeclaration(
                Objects.requireNonNull(name),
                ExportSet.named(Objects.requireNonNull(set)).orElseThrow(),
                List.copyOf(grantedRelations()),
                isSnapshot()
                        ? SourceQuery.ofSnapshot(Objects.requireNonNull(sql).strip())
                        : new SourceQuery(Objects.requireNonNull(sql).strip()),
                isSnapshot() ? SnapshotRule.LOG_TIME_RULE : Objects.requireNonNull(logTimeRule),
                Optional.ofNullable(parent),
                Optional.ofNullable(undated).map(String::strip),
                Optional.ofNullable(heldBack).map(query -> new SourceQuery(query.strip())),
                Optional.ofNullable(settle).flatMap(DeclarationFile::timeToSettle),
                snapshotRule(),
                List.copyOf(Objects.requireNonNull(key)),
                Objects.requireNonNull(columns).stream().map(Column::declared).toList(),
                derivedColumns().stream()
                        .map(column -> Objects.requireNonNull(column).declared())
                        .toList(),
                Boolean.parseBoolean(reread));
    }
}
