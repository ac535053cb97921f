package io.github.redshiftquerylogs.declaration;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads declarations from YAML; refuses one that cannot work and says everything that is wrong with it. */
public final class Declarations {

    private static final List<String> FIRST_RELEASE = List.of(
            "stl_alert_event_log",
            "stl_ddltext",
            "stl_explain",
            "stl_query",
            "stl_querytext",
            "stl_scan",
            "stl_utilitytext",
            "stl_wlm_query");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,126}");
    /** The lake's own columns, before those of the source. */
    private static final Set<String> RESERVED = Set.of("cluster_name", SourceQuery.LOG_TIME);

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Declarations() {}

    /** The eight tables of the first release. */
    public static List<ExportDeclaration> firstRelease() {
        return FIRST_RELEASE.stream().map(Declarations::shipped).toList();
    }

    private static ExportDeclaration shipped(String name) {
        String resource = "/declarations/" + name + ".yaml";
        try (@Nullable InputStream in = Declarations.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing in the jar: " + resource);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /**
     * Reads one declaration.
     *
     * @param yaml its text
     * @param origin where it comes from, for error texts
     * @throws IllegalArgumentException if it cannot work; the text has all problems
     */
    public static ExportDeclaration parse(String yaml, String origin) {
        File file;
        try {
            file = YAML.readValue(yaml, File.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("declaration " + origin + ": " + e.getMessage(), e);
        }
        List<String> problems = file.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("declaration " + origin + ": " + String.join("; ", problems));
        }
        return file.declaration();
    }

    private record Column(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "type", required = true) ColumnType type,
            @JsonProperty("blanks") @Nullable Blanks blanks) {

        DeclaredColumn declared() {
            return new DeclaredColumn(name, type, blanks == null ? Blanks.PADDING : blanks);
        }
    }

    private record File(
            @JsonProperty(value = "name", required = true) String name,

            @JsonProperty(value = "log_time_rule", required = true)
            String logTimeRule,

            @JsonProperty(value = "key", required = true) List<String> key,
            @JsonProperty(value = "reread", required = true) boolean reread,
            @JsonProperty(value = "sql", required = true) String sql,

            @JsonProperty(value = "columns", required = true)
            List<Column> columns) {

        List<String> problems() {
            List<String> problems = new ArrayList<>();
            check(problems, NAME.matcher(name).matches(), "name '" + name + "': expected " + NAME.pattern());
            check(problems, !logTimeRule.isBlank(), "log_time_rule is empty");
            for (String bound : List.of(":from", ":to")) {
                check(problems, sql.contains(bound), "sql lacks " + bound);
            }
            Set<String> names = new HashSet<>();
            for (Column column : columns) {
                String columnName = column.name();
                check(
                        problems,
                        NAME.matcher(columnName).matches(),
                        "column '" + columnName + "': expected " + NAME.pattern());
                check(problems, !RESERVED.contains(columnName), "column '" + columnName + "' is the lake's own");
                check(problems, names.add(columnName), "column '" + columnName + "' occurs twice");
            }
            check(problems, !key.isEmpty(), "key is empty");
            key.forEach(part -> check(problems, names.contains(part), "key column '" + part + "' is not declared"));
            return problems;
        }

        ExportDeclaration declaration() {
            return new ExportDeclaration(
                    name,
                    new SourceQuery(sql.strip()),
                    logTimeRule,
                    List.copyOf(key),
                    columns.stream().map(Column::declared).toList(),
                    reread);
        }

        private static void check(List<String> problems, boolean holds, String problem) {
            if (!holds) {
                problems.add(problem);
            }
        }
    }
}
