package io.github.redshiftquerylogs.ddl;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The optional view over this lake and the tables that Redshift itself publishes to S3 Tables: its file has a placeholder for
 * the namespace that has them. Each cluster or workgroup publishes to a namespace of its own, or to that of its account and
 * Region, which has the rows of all of its warehouses.
 */
public final class PublishedHistory {

    private static final String NAMESPACE = "\"YOUR_NAMESPACE\"";
    private static final Pattern SELECT =
            Pattern.compile("(?m)^    SELECT\\n(?:      .*\\n)+    FROM \\S*" + NAMESPACE + "\\S*$");

    private PublishedHistory() {}

    /**
     * Fills in the namespaces: the SELECT from the placeholder is repeated for each of them.
     *
     * @param sql the file of the view
     * @param namespaces at least one
     * @throws IllegalStateException if no SELECT of the file reads from the placeholder
     */
    public static String in(String sql, List<String> namespaces) {
        Matcher select = SELECT.matcher(sql);
        if (!select.find()) {
            throw new IllegalStateException("the view of published queries does not read from " + NAMESPACE
                    + ": expected one SELECT that does");
        }
        return sql.substring(0, select.start())
                + namespaces.stream()
                        .map(namespace -> select.group().replace(NAMESPACE, '"' + namespace + '"'))
                        .collect(Collectors.joining("\n    UNION ALL\n"))
                + sql.substring(select.end());
    }
}
