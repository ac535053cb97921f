package io.github.redshiftquerylogs.ddl;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.declaration.SnapshotRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Renders what the database user of the export needs, set by set, as statements to paste. */
final class Permissions {

    private static final String NO_GRANT = "No further statement.\n";
    private static final String PER_DATABASE = "\nIn each database of the cluster:\n\n";

    private Permissions() {}

    /** A section for each set that has exports: its tables, and the GRANT for those that only superusers may read. */
    static GeneratedList of(List<ExportDeclaration> exports) {
        return new GeneratedList(
                "permissions",
                Arrays.stream(ExportSet.values())
                        .map(set -> section(
                                set,
                                exports.stream()
                                        .filter(export -> export.set() == set)
                                        .toList()))
                        .collect(Collectors.joining("", "\n", "")));
    }

    private static String section(ExportSet set, List<ExportDeclaration> exports) {
        if (exports.isEmpty()) {
            return "";
        }
        List<String> grants = grants(exports, false);
        List<String> perDatabase = grants(exports, true);
        return "\n### " + set.text() + "\n\n"
                + exports.stream()
                        .map(export ->
                                "`" + export.name() + "`" + (export.grants().isEmpty() ? "" : " (superusers)"))
                        .collect(Collectors.joining(",\n", "", "\n"))
                + "\n"
                + (grants.isEmpty() && perDatabase.isEmpty() ? NO_GRANT : "")
                + (grants.isEmpty() ? "" : grant(grants))
                + (perDatabase.isEmpty() ? "" : PER_DATABASE + grant(perDatabase));
    }

    private static List<String> grants(List<ExportDeclaration> exports, boolean perDatabase) {
        return exports.stream()
                .filter(export -> perDatabase
                        == export.snapshot().filter(SnapshotRule::perDatabase).isPresent())
                .flatMap(export -> export.grants().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static String grant(List<String> relations) {
        return relations.stream()
                .collect(Collectors.joining(",\n  ", "```sql\nGRANT SELECT ON\n  ", "\nTO \"query_logs\";\n```\n"));
    }
}
