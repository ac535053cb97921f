package io.github.redshiftquerylogs.declaration;

import static io.github.redshiftquerylogs.declaration.Findings.quoted;

import io.github.redshiftquerylogs.declaration.DeclarationFile.Column;
import io.github.redshiftquerylogs.declaration.DeclarationFile.Derived;
import io.github.redshiftquerylogs.statement.StatementColumn;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the content of a declaration file: the rules of all declarations. Those of own exports are in {@link OwnCheck}. */
final class DeclarationCheck {

    /**
     * How an export reads its source. {@code log}: rows are final when they appear, and are read window by window.
     * {@code snapshot}: the whole result is read once per period.
     */
    static final List<String> KINDS = List.of(DeclarationFile.LOG, DeclarationFile.SNAPSHOT);

    static final String ALL_DATABASES = "all";
    static final List<String> BOOLEANS = List.of("true", "false");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,126}");
    /** The columns that the lake puts before those of the source. */
    private static final Set<String> RESERVED = Set.of("cluster_name", SourceQuery.LOG_TIME);

    private final DeclarationFile file;
    private final Findings findings;

    DeclarationCheck(DeclarationFile file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    void run() {
        checkName("name", "name", file.name());
        if (file.kind() != null) {
            findings.checkOneOf("kind", "kind", file.kind(), KINDS);
        }
        if (file.name() != null && ExportSet.named(file.name()).isPresent()) {
            findings.add("name", "name is '" + file.name() + "': expected another one than that of a set");
        }
        checkGrants();
        if (file.isSnapshot()) {
            checkSnapshot();
        } else {
            checkLog();
        }
        Set<String> names = checkColumns();
        checkDerived(names);
        checkKey(names);
        if (file.parent() != null && !names.contains(file.parent())) {
            findings.add(
                    "parent",
                    "parent is '" + file.parent() + "', which is not among the columns: expected a declared column");
        }
    }

    private void checkGrants() {
        String sql = Objects.requireNonNullElse(file.sql(), "");
        for (String relation : file.grantedRelations()) {
            // a name may begin and end with a quote, at which \b does not match
            if (!Pattern.compile("(?<!\\w)" + Pattern.quote(relation) + "(?!\\w)")
                    .matcher(sql)
                    .find()) {
                findings.add(
                        "grants", "grants has '" + relation + "', which sql does not read: expected relations of sql");
            }
        }
    }

    private void checkKey(Set<String> names) {
        List<String> key = file.key();
        if (key == null || key.isEmpty()) {
            findings.add("key", "key is missing: expected the columns that identify a row");
            return;
        }
        for (int i = 0; i < key.size(); i++) {
            if (!names.contains(key.get(i))) {
                findings.add(
                        "key/" + i,
                        "key has '" + key.get(i) + "', which is not among the columns: expected declared columns");
            }
        }
    }

    private void checkLog() {
        if (file.logTimeRule() == null || file.logTimeRule().isBlank()) {
            findings.add(
                    "log_time_rule", "log_time_rule is missing: expected a name for what log_time is, such as endtime");
        }
        findings.checkOneOf("reread", "reread", file.reread(), BOOLEANS);
        checkBounds();
        if (file.undated() != null && file.undated().isBlank()) {
            findings.add("undated", "undated is blank: expected a query for the number of rows without a time");
        }
        if (file.heldBack() != null && !file.heldBack().contains(":to")) {
            findings.add(
                    "held_back",
                    "held_back has no :to: expected a query for status and number of the rows that have not ended");
        }
        if (file.settle() != null && DeclarationFile.timeToSettle(file.settle()).isEmpty()) {
            findings.add("settle", "settle is '" + file.settle() + "': expected a time such as 15 minutes");
        }
        refuse("every", file.every(), DeclarationFile.SNAPSHOT);
        refuse("databases", file.databases(), DeclarationFile.SNAPSHOT);
    }

    private void checkBounds() {
        String sql = file.sql();
        if (sql == null || sql.isBlank()) {
            findings.add("sql", "sql is missing: expected a query with both bounds, :from and :to");
            return;
        }
        for (String bound : List.of(":from", ":to")) {
            if (!sql.contains(bound)) {
                findings.add("sql", "sql has no " + bound + ": expected a query with both bounds, :from and :to");
            }
        }
    }

    private void checkSnapshot() {
        refuse("log_time_rule", file.logTimeRule(), DeclarationFile.LOG);
        refuse("parent", file.parent(), DeclarationFile.LOG);
        refuse("undated", file.undated(), DeclarationFile.LOG);
        refuse("held_back", file.heldBack(), DeclarationFile.LOG);
        refuse("settle", file.settle(), DeclarationFile.LOG);
        refuse("reread", file.reread(), DeclarationFile.LOG);
        refuse("since", file.since(), DeclarationFile.LOG);
        if (file.sql() == null || file.sql().isBlank()) {
            findings.add("sql", "sql is missing: expected a query without bounds");
        } else if (SourceQuery.hasBound(file.sql())) {
            findings.add(
                    "sql",
                    "sql has a bound, :from or :to: expected a query without bounds, because a snapshot is the result"
                            + " as of now");
        }
        if (file.every() != null && SnapshotRule.period(file.every()).isEmpty()) {
            findings.add("every", "every is " + quoted(file.every()) + ": expected " + SnapshotRule.EXPECTED);
        }
        if (file.databases() != null) {
            findings.checkOneOf("databases", "databases", file.databases(), List.of(ALL_DATABASES));
            checkDatabaseColumn();
        }
    }

    /** By this column rows of several databases are told apart, also by the fence of their commits. */
    private void checkDatabaseColumn() {
        boolean declared = file.columns() != null
                && file.columns().stream()
                        .filter(Objects::nonNull)
                        .anyMatch(column -> SnapshotRule.DATABASE.equals(column.name())
                                && ColumnType.STRING.toString().equals(column.type()));
        if (!declared || file.key() == null || !file.key().contains(SnapshotRule.DATABASE)) {
            findings.add(
                    "databases",
                    "databases is all, but there is no column " + SnapshotRule.DATABASE
                            + " of type string in columns and key: expected it, with current_database() as its value in the sql");
        }
    }

    private void refuse(String field, @Nullable String found, String otherKind) {
        if (found != null) {
            findings.add(
                    field, field + " is '" + found + "': expected it in declarations of kind " + otherKind + " only");
        }
    }

    private Set<String> checkColumns() {
        Set<String> names = new HashSet<>();
        List<@Nullable Column> columns = file.columns();
        if (columns == null || columns.isEmpty()) {
            findings.add("columns", "columns is missing: expected entries such as {name: userid, type: integer}");
            return names;
        }
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String place = "columns/" + i;
            if (column == null) {
                findings.add(
                        place, "columns has an empty entry: expected entries such as {name: userid, type: integer}");
                continue;
            }
            checkName(place, "column", column.name());
            String label = "column '" + column.name() + "'";
            if (column.name() != null) {
                if (RESERVED.contains(column.name())) {
                    findings.add(place, label + " is one of the lake's own columns: expected another name");
                }
                if (!names.add(column.name())) {
                    findings.add(place, label + " is declared twice: expected each name once");
                }
            }
            findings.checkOneOf(place, label + " type", column.type(), texts(ColumnType.values()));
            if (column.blanks() != null) {
                findings.checkOneOf(place, label + " blanks", column.blanks(), texts(Blanks.values()));
            }
        }
        return names;
    }

    private void checkDerived(Set<String> names) {
        Set<String> all = new HashSet<>(names);
        List<String> known = Arrays.stream(StatementColumn.values())
                .map(StatementColumn::columnName)
                .toList();
        for (int i = 0; i < file.derivedColumns().size(); i++) {
            Derived column = file.derivedColumns().get(i);
            String place = "derived/" + i;
            if (column == null) {
                findings.add(
                        place,
                        "derived has an empty entry: expected entries such as {name: statement_kind, from: querytxt}");
                continue;
            }
            String label = "derived column '" + column.name() + "'";
            findings.checkOneOf(place, "derived column", column.name(), known);
            if (column.name() != null && !all.add(column.name())) {
                findings.add(place, label + " is declared twice: expected each name once");
            }
            if (!isText(column.from())) {
                findings.add(
                        place,
                        label + " is computed from " + quoted(column.from())
                                + ": expected a declared column of type string");
            }
        }
    }

    private boolean isText(@Nullable String name) {
        return file.columns() != null
                && file.columns().stream()
                        .filter(Objects::nonNull)
                        .anyMatch(column -> Objects.equals(column.name(), name)
                                && ColumnType.STRING.toString().equals(column.type()));
    }

    private void checkName(String place, String label, @Nullable String found) {
        if (found == null || !NAME.matcher(found).matches()) {
            findings.add(place, label + " is " + quoted(found) + ": expected " + NAME.pattern());
        }
    }

    static List<String> texts(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
