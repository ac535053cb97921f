package io.github.redshiftquerylogs.declaration;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.redshiftquerylogs.statement.StatementColumn;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        @JsonProperty("clusters") @Nullable List<String> clusters,
        @JsonProperty("since") @Nullable String since,
        @JsonProperty("sql") @Nullable String sql,
        @JsonProperty("columns") @Nullable List<@Nullable Column> columns,
        @JsonProperty("derived") @Nullable List<@Nullable Derived> derived) {

    static final String LOG = "log";
    static final String SNAPSHOT = "snapshot";

    private static final String DEFAULT_PERIOD = "1 day";

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

    boolean isSnapshot() {
        return SNAPSHOT.equals(kind);
    }

    List<String> grantedRelations() {
        return grants == null ? List.of() : grants;
    }

    List<@Nullable Derived> derivedColumns() {
        return derived == null ? List.of() : derived;
    }

    /** The length of a time to settle; empty if the text is none. */
    static Optional<Duration> timeToSettle(String text) {
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

    private SourceQuery query(boolean own) {
        String text = Objects.requireNonNull(sql).strip();
        return isSnapshot()
                ? SourceQuery.ofSnapshot(text)
                : own ? SourceQuery.ofDerivedTable(text) : new SourceQuery(text);
    }

    /** The declaration of a file without problems. */
    ExportDeclaration declaration(boolean own) {
        return new ExportDeclaration(
                Objects.requireNonNull(name),
                set == null ? ExportSet.OWN : ExportSet.named(set).orElseThrow(),
                List.copyOf(grantedRelations()),
                query(own),
                isSnapshot() ? SnapshotRule.LOG_TIME_RULE : Objects.requireNonNull(logTimeRule),
                Optional.ofNullable(parent),
                Optional.ofNullable(undated).map(String::strip),
                Optional.ofNullable(heldBack).map(query -> new SourceQuery(query.strip())),
                Optional.ofNullable(settle).flatMap(DeclarationFile::timeToSettle),
                snapshotRule(),
                List.copyOf(Objects.requireNonNull(key)),
                Objects.requireNonNull(columns).stream()
                        .map(column -> Objects.requireNonNull(column).declared())
                        .toList(),
                derivedColumns().stream()
                        .map(column -> Objects.requireNonNull(column).declared())
                        .toList(),
                Boolean.parseBoolean(reread),
                own
                        ? Optional.of(new OwnExport(
                                Optional.ofNullable(since).map(LocalDate::parse),
                                clusters == null ? List.of() : clusters))
                        : Optional.empty());
    }
}
