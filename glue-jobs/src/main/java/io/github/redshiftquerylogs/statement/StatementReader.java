package io.github.redshiftquerylogs.statement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads kind and target from the tokens of a statement. */
final class StatementReader {

    private static final Map<String, StatementKind> KINDS = kinds();
    private static final Set<String> PRINCIPALS = Set.of("user", "group", "role");
    private static final Set<String> QUERY_STARTS = Set.of("select", "with", "values");
    private static final Set<String> MAIN_VERBS = Set.of("select", "insert", "update", "delete", "merge", "values");
    /** Words before the type of an object that is created, dropped or altered. */
    private static final Set<String> BEFORE_TYPE = Set.of(
            "or",
            "replace",
            "temp",
            "temporary",
            "local",
            "global",
            "external",
            "materialized",
            "late",
            "binding",
            "rls",
            "masking",
            "identity");
    /** Types of objects that may stand before a name in GRANT, REVOKE and COMMENT. */
    private static final Set<String> TYPES =
            Set.of("table", "view", "schema", "database", "function", "procedure", "column", "datashare", "model");

    /** What COPY JOB does; COPY of a table with the name {@code job} goes on otherwise. */
    private static final Set<String> JOB_ACTIONS = Set.of("list", "show", "alter", "drop", "run");

    /** Words that may stand between the verb and the name of a table. */
    private static final Map<StatementKind, Set<String>> MODIFIERS = Map.of(
            StatementKind.INSERT, Set.of("into"),
            StatementKind.CREATE_TABLE_AS, Set.of("into", "temp", "temporary", "table"),
            StatementKind.UPDATE, Set.of("only"),
            StatementKind.DELETE, Set.of("from", "only"),
            StatementKind.MERGE, Set.of("into"),
            StatementKind.TRUNCATE, Set.of("table"),
            StatementKind.LOCK, Set.of("table"),
            StatementKind.REFRESH, Set.of("materialized", "view"),
            StatementKind.VACUUM, Set.of("full", "sort", "delete", "only", "reindex", "recluster", "table"),
            StatementKind.ANALYZE, Set.of("verbose", "compression"));

    private final List<Token> tokens;
    private final boolean cut;
    private int at;

    StatementReader(List<Token> tokens, boolean cut) {
        this.tokens = tokens;
        this.cut = cut;
    }

    private static Map<String, StatementKind> kinds() {
        Map<String, StatementKind> kinds = new HashMap<>();
        for (StatementKind kind : StatementKind.values()) {
            if (kind != StatementKind.OTHER && kind.name().indexOf('_') < 0) {
                kinds.put(kind.label(), kind);
            }
        }
        kinds.put("values", StatementKind.SELECT);
        kinds.put("analyse", StatementKind.ANALYZE);
        kinds.put("start", StatementKind.BEGIN);
        kinds.put("end", StatementKind.COMMIT);
        kinds.put("abort", StatementKind.ROLLBACK);
        return Map.copyOf(kinds);
    }

    /** The kind; afterwards {@link #target} may be called. */
    StatementKind kind() {
        while (at < tokens.size()
                && (tokens.get(at).isSymbol("(") || tokens.get(at).isSymbol(";"))) {
            at++;
        }
        if (at < tokens.size() && tokens.get(at).isWord("with")) {
            skipCommonTables();
        }
        if (at >= tokens.size()) {
            return StatementKind.OTHER;
        }
        Token verb = tokens.get(at);
        StatementKind kind = verb.type() == Token.Type.WORD
                ? KINDS.getOrDefault(verb.text(), StatementKind.OTHER)
                : StatementKind.OTHER;
        if (isLabel()) {
            // such as padb_fetch_sample: or "fetch: …", which are Redshift's own
            return StatementKind.OTHER;
        }
        at++;
        return switch (kind) {
            case SELECT -> into() ? StatementKind.CREATE_TABLE_AS : kind;
            case CREATE -> created();
            case DROP -> PRINCIPALS.contains(word(at)) ? StatementKind.DROP_USER : kind;
            case ALTER ->
                PRINCIPALS.contains(word(at))
                        ? StatementKind.ALTER_USER
                        : word(at).equals("default") ? StatementKind.ALTER_DEFAULT_PRIVILEGES : kind;
            default -> kind;
        };
    }

    private boolean isLabel() {
        return isSymbol(at + 1, ":");
    }

    /** Goes to the verb behind {@code WITH a AS (…), b AS (…)}; a cut text without one counts as SELECT. */
    private void skipCommonTables() {
        int depth = 0;
        for (int i = at + 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean afterTable =
                    tokens.get(i - 1).isSymbol(")") || tokens.get(i - 1).isSymbol("(");
            if (depth <= 0 && afterTable && MAIN_VERBS.contains(word(i))) {
                at = i;
                return;
            }
        }
        at = firstSelect();
    }

    private int firstSelect() {
        for (int i = at; i < tokens.size(); i++) {
            if (tokens.get(i).isWord("select")) {
                return i;
            }
        }
        return tokens.size();
    }

    /** Whether {@code INTO} follows the columns of SELECT; then its name comes next. */
    private boolean into() {
        int depth = 0;
        for (int i = at; i < tokens.size() && depth >= 0; i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && (token.isWord("from") || token.isWord("union"))) {
                return false;
            }
            if (depth == 0 && token.isWord("into")) {
                at = i;
                return true;
            }
        }
        return false;
    }

    private StatementKind created() {
        int type = at;
        while (BEFORE_TYPE.contains(word(type))) {
            type++;
        }
        if (word(type).equals("view")) {
            return StatementKind.CREATE_VIEW;
        }
        if (PRINCIPALS.contains(word(type))) {
            return StatementKind.CREATE_USER;
        }
        if (!word(type).equals("table")) {
            return StatementKind.CREATE;
        }
        return isDefinedByQuery(type) ? StatementKind.CREATE_TABLE_AS : StatementKind.CREATE_TABLE;
    }

    private boolean isDefinedByQuery(int from) {
        int depth = 0;
        for (int i = from; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.isWord("as") && (isSymbol(i + 1, "(") || QUERY_STARTS.contains(word(i + 1)))) {
                return true;
            }
        }
        return false;
    }

    /** The target; {@link #kind} was called before. */
    StatementTarget target(StatementKind kind) {
        return switch (kind) {
            case GRANT, REVOKE, COMMENT -> scope().orElseGet(this::behindOn);
            case ALTER_DEFAULT_PRIVILEGES -> schemaOfPrivileges();
            case FETCH, CLOSE -> StatementTarget.object(lastName());
            case CREATE_TABLE_AS -> word(at).equals("into") ? table(kind) : defined();
            case CREATE_TABLE, CREATE_VIEW, CREATE_USER, CREATE, DROP_USER, DROP, ALTER_USER, ALTER -> defined();
            case INSERT, UPDATE, DELETE, MERGE, COPY, TRUNCATE, VACUUM, ANALYZE, REFRESH, LOCK, DECLARE, CALL ->
                table(kind);
            default -> StatementTarget.NONE;
        };
    }

    private StatementTarget table(StatementKind kind) {
        if (kind == StatementKind.COPY && word(at).equals("job") && JOB_ACTIONS.contains(word(at + 1))) {
            return StatementTarget.NONE;
        }
        while (MODIFIERS.getOrDefault(kind, Set.of()).contains(word(at)) && !isSymbol(at + 1, ".")) {
            at++;
        }
        return StatementTarget.object(name());
    }

    /** The name in CREATE, DROP and ALTER, which follows the type of the object. */
    private StatementTarget defined() {
        while (BEFORE_TYPE.contains(word(at))) {
            at++;
        }
        String type = word(at++);
        while (Set.of("if", "not", "exists", "only").contains(word(at)) && !isSymbol(at + 1, ".")) {
            at++;
        }
        return named(type);
    }

    private StatementTarget named(String type) {
        List<String> name = name();
        return switch (type) {
            case "schema" -> StatementTarget.wholeSchema(name);
            case "database" -> StatementTarget.wholeDatabase(name);
            case "column" -> StatementTarget.object(name.isEmpty() ? name : name.subList(0, name.size() - 1));
            default -> StatementTarget.object(name);
        };
    }

    /** The schema or database of {@code GRANT … FOR TABLES IN SCHEMA s DATABASE d}; empty for other forms. */
    private Optional<StatementTarget> scope() {
        for (int i = at; i < tokens.size() && !tokens.get(i).isWord("on"); i++) {
            if (tokens.get(i).isWord("in") && Set.of("schema", "database").contains(word(i + 1))) {
                at = i + 2;
                StatementTarget scope = named(word(i + 1));
                if (word(at).equals("database")) {
                    at++;
                    List<String> database = name();
                    return Optional.of(
                            database.isEmpty()
                                    ? scope
                                    : new StatementTarget(database.get(0), scope.schema(), scope.table()));
                }
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }

    private StatementTarget behindOn() {
        goTo("on");
        at++;
        if (word(at).equals("constraint") && word(at + 2).equals("on")) {
            at += 3;
        }
        if (word(at).equals("language")) {
            return StatementTarget.NONE;
        }
        if (word(at).equals("all") && !isSymbol(at + 1, ".")) {
            goTo("schema");
        }
        String type = "";
        if (TYPES.contains(word(at)) && !isSymbol(at + 1, ".") && !word(at + 1).equals("to")) {
            type = word(at++);
        }
        return named(type);
    }

    private StatementTarget schemaOfPrivileges() {
        goTo("schema");
        at++;
        return StatementTarget.wholeSchema(name());
    }

    private void goTo(String word) {
        while (at < tokens.size() && !tokens.get(at).isWord(word)) {
            at++;
        }
    }

    private boolean isSymbol(int place, String symbol) {
        return place < tokens.size() && tokens.get(place).isSymbol(symbol);
    }

    /** The dotted name at the present token; empty if there is none, or if it may be cut off. */
    private List<String> name() {
        List<String> parts = new ArrayList<>();
        while (at < tokens.size() && tokens.get(at).isName()) {
            Token part = tokens.get(at++);
            if (!part.closed() || (cut && at == tokens.size())) {
                return List.of();
            }
            parts.add(part.text());
            if (at >= tokens.size() || !tokens.get(at).isSymbol(".")) {
                return parts;
            }
            at++;
        }
        return List.of();
    }

    private List<String> lastName() {
        for (int i = tokens.size() - 1; i >= at; i--) {
            if (tokens.get(i).isName()) {
                return tokens.get(i).closed() ? List.of(tokens.get(i).text()) : List.of();
            }
        }
        return List.of();
    }

    private String word(int place) {
        return place < tokens.size() && tokens.get(place).type() == Token.Type.WORD
                ? tokens.get(place).text()
                : "";
    }
}
