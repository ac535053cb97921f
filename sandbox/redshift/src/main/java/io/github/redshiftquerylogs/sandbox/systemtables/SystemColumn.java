package io.github.redshiftquerylogs.sandbox.systemtables;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a system table, as the documentation of Redshift lists it.
 *
 * @param name lower case
 * @param type its type
 * @param length characters of a {@link SystemColumnType#CHARACTER} column, digits of a {@link SystemColumnType#NUMERIC}
 *     one, not used for the other types
 * @param added whether only newer clusters have it, see {@link Patch}
 */
public record SystemColumn(String name, SystemColumnType type, int length, boolean added) {

    private static final Pattern TYPE = Pattern.compile("([a-z ]+)(?:\\((\\d+)(?:,0)?\\))?");

    /** Reads a column of the catalogue from its name, its type such as {@code character(200)}, and its description. */
    static SystemColumn parse(String name, String type, String description) {
        Matcher matcher = TYPE.matcher(type);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("unknown type '" + type + "' of column " + name);
        }
        int length = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return new SystemColumn(name, SystemColumnType.of(matcher.group(1)), length, description.startsWith("NEW "));
    }

    /**
     * Whether trailing blanks belong to the value: true for fragments of statements ({@code text}), because a blank at the
     * end of a fragment may separate two words.
     */
    public boolean blanksAreData() {
        return name.equals("text");
    }

    /** The type as written in DDL. */
    String sqlType() {
        return switch (type) {
            case CHARACTER -> "character(" + length + ")";
            case TIMESTAMP -> "timestamp(6) without time zone";
            case DOUBLE -> "double precision";
            case NUMERIC -> "numeric(" + length + ",0)";
            case INTEGER, BIGINT, BOOLEAN, TEXT -> type.name().toLowerCase(Locale.ROOT);
        };
    }
}
