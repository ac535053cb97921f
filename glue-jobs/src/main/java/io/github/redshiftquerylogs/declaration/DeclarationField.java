package io.github.redshiftquerylogs.declaration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fields of a declaration file, with their forms. The JSON Schema for editors is rendered from them. */
enum DeclarationField {
    NAME(Form.TEXT, "The name of the table in the lake, and of the file. It begins with own_ and never changes."),
    KIND(
            Form.TEXT,
            "log: rows are final when they appear, and are read window by window. snapshot: the whole result is"
                    + " read once per period."),
    SET(Form.TEXT, "own, or left out."),
    GRANTS(Form.TEXTS, "Relations of sql that the user needs a GRANT for, for the message if it lacks one."),
    LOG_TIME_RULE(Form.TEXT, "log only: a name for what log_time is, such as saletime. It never changes."),
    PARENT(Form.TEXT, "log only: the column with the id of the query whose end log_time is."),
    UNDATED(Form.TEXT, "Not in own exports."),
    HELD_BACK(Form.TEXT, "Not in own exports."),
    SETTLE(
            Form.TEXT,
            "log only: how far the export stays behind the clock of the cluster, such as 15 minutes. Rows that"
                    + " become visible later are not exported."),
    KEY(Form.TEXTS, "The columns that tell one row from another. They never change."),
    REREAD(Form.TEXT, "log only: whether a past day may be read again to complete it."),
    EVERY(Form.TEXT, "snapshot only: the length of a period, such as 6 hours; 1 day if left out."),
    DATABASES(Form.TEXT, "snapshot only: all, to ask in each database of the cluster."),
    CLUSTERS(Form.TEXTS, "The clusters that may have the export; all if left out."),
    SINCE(
            Form.TEXT,
            "log only: the first day of a first export, such as 2026-01-31, UTC; seven days before it if left"
                    + " out."),
    SQL(
            Form.TEXT,
            "One query, without ';'. log: log_time first, with the bounds :from (exclusive) and :to (inclusive)."
                    + " snapshot: without both."),
    COLUMNS(Form.MAPPINGS, "The columns of sql without log_time, in the order of the table."),
    DERIVED(Form.MAPPINGS, "Columns that are computed from the text of a statement.");

    /** The form of a field's value. */
    enum Form {
        TEXT,
        TEXTS,
        MAPPINGS
    }

    private final Form form;
    private final String description;

    DeclarationField(Form form, String description) {
        this.form = form;
        this.description = description;
    }

    Form form() {
        return form;
    }

    String description() {
        return description;
    }

    /** The name in files: lower case. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names in the entries of a list of mappings; empty for another form. */
    List<String> entries() {
        return switch (this) {
            case COLUMNS -> List.of("name", "type", "blanks");
            case DERIVED -> List.of("name", "from");
            default -> List.of();
        };
    }

    static Optional<DeclarationField> named(String name) {
        return Arrays.stream(values())
                .filter(field -> field.text().equals(name))
                .findFirst();
    }

    /** All names, sorted, for messages. */
    static String names() {
        return String.join(
                ", ",
                Arrays.stream(values()).map(DeclarationField::text).sorted().toList());
    }
}
