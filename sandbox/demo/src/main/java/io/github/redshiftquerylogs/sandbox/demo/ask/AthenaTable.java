package io.github.redshiftquerylogs.sandbox.demo.ask;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Athena's {@code CREATE TABLE} of an Iceberg table in the words of Trino, which knows neither {@code PARTITIONED BY} nor
 * {@code TBLPROPERTIES}: https://trino.io/docs/406/connector/iceberg.html#create-table. The job sets the other properties.
 */
public final class AthenaTable {

    private static final String PLACEHOLDER = "s3://YOUR_BUCKET/YOUR_PREFIX";

    private static final Pattern STATEMENT = Pattern.compile(
            "CREATE TABLE IF NOT EXISTS (\\S+) \\(\\n(.*?)\\n\\)\\nPARTITIONED BY \\((.*?)\\)\\nLOCATION '([^']*)'.*",
            Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("`([^`]+)` (\\w+(?:<\\w+,\\w+>)?)");
    private static final Pattern MAP = Pattern.compile("map<(\\w+),(\\w+)>");
    private static final Pattern FIELD = Pattern.compile("\\w+\\(\\w+\\)|\\w+");

    private AthenaTable() {}

    /**
     * The statement for Trino.
     *
     * @param athena a file of {@code athena-ddl/tables}
     * @param s3Prefix the location of the lake
     * @throws IllegalArgumentException if the file has no such statement
     */
    public static String inTrino(String athena, String s3Prefix) {
        Matcher statement = STATEMENT.matcher(athena);
        if (!statement.find()) {
            throw new IllegalArgumentException("no CREATE TABLE IF NOT EXISTS of an Iceberg table: " + athena);
        }
        String columns = COLUMN.matcher(statement.group(2))
                .replaceAll(column -> "\"" + column.group(1) + "\" " + type(column.group(2)));
        String partitions = FIELD.matcher(statement.group(3)).replaceAll(field -> "'" + field.group() + "'");
        return "CREATE TABLE IF NOT EXISTS " + statement.group(1) + " (\n" + columns
                + "\n) WITH (format = 'PARQUET', format_version = 2, partitioning = ARRAY[" + partitions
                + "], location = '" + statement.group(4).replace(PLACEHOLDER, s3Prefix) + "')";
    }

    private static String type(String athena) {
        Matcher map = MAP.matcher(athena);
        if (map.matches()) {
            return "map(" + type(map.group(1)) + ", " + type(map.group(2)) + ")";
        }
        return switch (athena) {
            case "string" -> "varchar";
            case "int" -> "integer";
            case "timestamp" -> "timestamp(6)";
            default -> athena;
        };
    }
}
