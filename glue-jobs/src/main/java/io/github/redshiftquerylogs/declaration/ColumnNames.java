package io.github.redshiftquerylogs.declaration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of a query's columns in the lake; pure. A source may have any names. Most stay as they are, in lower case. A name
 * that the lake needs for itself, that Iceberg or Athena do not take, or that differs from another one by case only, is
 * replaced by one that depends on nothing but the column's own name: it is the same in every run and for every cluster.
 */
public final class ColumnNames {

    private static final String SOURCE = "source_";
    private static final String CLUSTER_NAME = "cluster_name";
    private static final Set<String> TAKEN_BY_RULE = Set.of(SOURCE + CLUSTER_NAME, SOURCE + SourceQuery.LOG_TIME);

    /** Without a leading underscore: Iceberg's metadata columns have one, such as {@code _file}. */
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]{0,126}");

    private static final Pattern OTHER_CHARACTERS = Pattern.compile("[^a-z0-9]+");
    private static final int LONGEST_STEM = 100;
    private static final int DIGITS = 4;

    private ColumnNames() {}

    /**
     * The columns with their names in the lake.
     *
     * @param described the columns in their order; names are those of the source, of any case
     */
    public static List<SourceColumn> assign(List<SourceColumn> described) {
        Set<String> lowerCase = described.stream()
                .map(SourceColumn::label)
                .filter(label -> label.equals(lower(label)))
                .collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        List<SourceColumn> columns = new ArrayList<>();
        for (SourceColumn column : described) {
            String label = column.label();
            String lower = lower(label);
            boolean first = seen.add(lower);
            boolean twin = !label.equals(lower) && (lowerCase.contains(lower) || !first);
            columns.add(column.named(
                    lower.equals(SourceQuery.LOG_TIME)
                            ? logTime(label, first, twin)
                            : twin ? replaced(label) : name(label, lower)));
        }
        return List.copyOf(columns);
    }

    /** The first {@code log_time} is the query's own; the next one is a column of the source. */
    private static String logTime(String label, boolean first, boolean twin) {
        if (first) {
            return SourceQuery.LOG_TIME;
        }
        return twin ? replaced(label) : SOURCE + SourceQuery.LOG_TIME;
    }

    private static String name(String label, String lower) {
        if (lower.equals(CLUSTER_NAME)) {
            return SOURCE + CLUSTER_NAME;
        }
        return PLAIN.matcher(lower).matches() && !TAKEN_BY_RULE.contains(lower) ? lower : replaced(label);
    }

    /** Readable as far as possible, and distinct by a hash of the exact name. */
    private static String replaced(String label) {
        String stem = OTHER_CHARACTERS.matcher(lower(label)).replaceAll("_").replaceAll("^_+|_+$", "");
        if (!PLAIN.matcher(stem).lookingAt()) {
            stem = stem.isEmpty() ? "column" : "column_" + stem;
        }
        return stem.substring(0, Math.min(stem.length(), LONGEST_STEM)) + "_" + hash(label);
    }

    private static String hash(String label) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(label.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java runtime lacks SHA-256", e);
        }
    }

    private static String lower(String label) {
        return label.toLowerCase(Locale.ROOT);
    }
}
