package io.github.redshiftquerylogs.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.redshiftquerylogs.window.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnDeclarationsTest {

    private static final String GOOD = """
            name: own_orders
            log_time_rule: saletime
            key: [id]
            reread: true
            sql: |
              select saletime as log_time, id
              from orders
              where saletime > :from and saletime <= :to
            columns:
              - {name: id, type: bigint}
            """;

    private static final LocalDateTime TO = LocalDateTime.parse("2026-11-20T12:00:00");

    @TempDir
    private Path folder;

    private static OwnDeclaration read(String yaml) {
        return Declarations.readOwn(yaml, "own_orders.yaml");
    }

    private static List<String> problems(String yaml) {
        return read(yaml).problems().stream().map(DeclarationProblem::toString).toList();
    }

    @Test
    void ownExportsHaveTheSameFormatASetOfTheirOwnAndABeginning() {
        ExportDeclaration export = read(GOOD).declaration().orElseThrow();
        assertThat(export.set()).isEqualTo(ExportSet.OWN);
        assertThat(read(GOOD + "set: own\nkind: log\n").declaration()).contains(export);
        assertThat(export.own().orElseThrow().beginning(TO)).isEqualTo(TO.minusDays(7));
        assertThat(read(GOOD + "since: 2026-01-31\n")
                        .declaration()
                        .orElseThrow()
                        .own()
                        .orElseThrow()
                        .beginning(TO))
                .isEqualTo("2026-01-31T00:00:00");
        assertThat(export.isFor("product-warehouse")).isTrue();
        ExportDeclaration limited =
                read(GOOD + "clusters: [product-warehouse]\n").declaration().orElseThrow();
        assertThat(limited.isFor("product-warehouse")).isTrue();
        assertThat(limited.isFor("finance")).isFalse();
        assertThat(Declarations.bundled()).allMatch(bundled -> bundled.own().isEmpty());
    }

    @Test
    void theirQueryAlwaysStandsWithinADerivedTable() {
        ExportDeclaration log =
                read(GOOD.replace("<= :to", "<= :to -- the end")).declaration().orElseThrow();
        Window window = new Window(TO.minusHours(1), TO);
        assertThat(List.of(
                        log.sql().rows(window),
                        log.sql().columns(),
                        log.sql().firstRow(window),
                        log.sql().rowsByHour(window),
                        log.sql().rowsWithNames(window, List.of("log_time", "id"))))
                .allSatisfy(sql ->
                        assertThat(sql).contains("from (\nselect saletime").contains("-- the end\n) own"));
        assertThat(read("""
                        name: own_orders
                        kind: snapshot
                        key: [id]
                        sql: select id from orders
                        columns: [{name: id, type: bigint}]
                        """).declaration().orElseThrow().sql().rows(window))
                .contains("from (\nselect id from orders\n) taken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stl_query",
                "clusters",
                "row_counts",
                "export_states",
                "export_health",
                "query_history",
                "own",
                "core",
                "own_",
                "own_Orders",
                "OWN_ORDERS",
                "\"own_a b\"",
                "own_../x"
            })
    void noNameIsThatOfATableOrAView(String name) {
        assertThat(Declarations.readOwn(GOOD.replace("own_orders", name), "x.yaml")
                        .problems())
                .anySatisfy(problem -> assertThat(problem.text())
                        .contains("': expected a name that begins with own_, so that it is that of no table or view"));
    }

    @Test
    void everyProblemHasItsLineWhatWasFoundAndWhatIsExpected() {
        String bad = GOOD.replace("[id]", "[id, order_id]")
                        .replace("reread: true", "reread: perhaps")
                        .replace("  from orders", "  from pg_sleep(1), orders")
                        .replace("type: bigint}", "type: money}")
                + "location: s3://elsewhere\nclusters: [product-warehouse, Finance, 3]\nsince: yesterday\nundated: drop table orders\n";
        assertThat(problems(bad))
                .containsExactly(
                        "own_orders.yaml:3: key has 'order_id', which is not among the columns: expected declared columns",
                        "own_orders.yaml:4: reread is 'perhaps': expected true or false",
                        "own_orders.yaml:7: sql calls pg_sleep(): expected Redshift's own functions that only read,"
                                + " without schema and quotes",
                        "own_orders.yaml:10: column 'id' type is 'money': expected integer or bigint or double or boolean"
                                + " or date or timestamp or string",
                        "own_orders.yaml:11: field 'location' is unknown: expected " + DeclarationField.names(),
                        "own_orders.yaml:12: clusters has 'Finance': expected a lower-case letter, then lower-case letters,"
                                + " digits, hyphens or underscores, at most 63 characters",
                        "own_orders.yaml:12: clusters has '3': expected a lower-case letter, then lower-case letters,"
                                + " digits, hyphens or underscores, at most 63 characters",
                        "own_orders.yaml:13: since is 'yesterday': expected a day such as 2026-01-31, not before 2000-01-01",
                        "own_orders.yaml:14: undated is 'drop table orders': expected it in declarations of this project only");
    }

    @Test
    void whatHasAnotherFormIsReportedAtOnceWithItsLine() {
        assertThat(problems("""
                        name: [own_orders]
                        key: id
                        colour: red
                        columns:
                          - id
                          - {name: id, type: bigint, size: 3}
                        clusters: {a: b}
                        """))
                .containsExactly(
                        "own_orders.yaml:1: name is a list: expected a text",
                        "own_orders.yaml:2: key is 'id': expected a list such as [id]",
                        "own_orders.yaml:3: field 'colour' is unknown: expected " + DeclarationField.names(),
                        "own_orders.yaml:5: columns has 'id': expected mappings",
                        "own_orders.yaml:6: field 'size' of columns is unknown: expected name, type, blanks",
                        "own_orders.yaml:7: clusters is a mapping: expected a list such as [id]");
        assertThat(problems("")).containsExactly("own_orders.yaml: is empty: expected a YAML mapping");
        assertThat(problems("- a\n"))
                .containsExactly("own_orders.yaml:1: is no mapping: expected lines such as name: own_orders");
        assertThat(problems(GOOD + "key: [id]\n"))
                .singleElement()
                .asString()
                .startsWith("own_orders.yaml:11: Duplicate field 'key'");
        assertThat(problems(GOOD + "---\nname: own_sales\n"))
                .singleElement()
                .asString()
                .startsWith("own_orders.yaml:")
                .contains("Trailing token");
        assertThat(problems("name: own_orders\nkey: [\n"))
                .singleElement()
                .asString()
                .startsWith("own_orders.yaml:2: ");
    }

    @Test
    void setsKindsAndBeginningsOfOthersAreRefused() {
        assertThat(problems(GOOD + "set: stl\n")).containsExactly("own_orders.yaml:11: set is 'stl': expected own");
        assertThat(problems(GOOD + "since: 1970-01-01\n"))
                .singleElement()
                .asString()
                .endsWith("since is '1970-01-01': expected a day such as 2026-01-31, not before 2000-01-01");
        assertThat(problems(GOOD + "clusters: []\n")).singleElement().asString().contains("clusters is empty");
        assertThat(Declarations.readOwn(GOOD, "own_sales.yaml").problems())
                .singleElement()
                .hasToString("own_sales.yaml:1: name is 'own_orders': expected that of the file, 'own_sales'");
        assertThatThrownBy(() -> Declarations.parse(
                        GOOD.replace("own_orders", "orders") + "set: core\nsince: 2026-01-31\n", "x"))
                .hasMessageEndingWith("since and clusters are fields of own exports: expected neither");
        assertThatThrownBy(() -> Declarations.parse(GOOD.replace("own_orders", "orders") + "set: own\n", "x"))
                .hasMessageContaining("set is 'own': expected core or stl or");
    }

    @Test
    void aBrokenFileAffectsNoOther() throws IOException {
        Files.writeString(folder.resolve("own_orders.yaml"), GOOD);
        Files.writeString(
                folder.resolve("own_broken.yaml"), GOOD.replace("name: own_orders", "name: own_broken") + "x: 1\n");
        Files.write(folder.resolve("own_bytes.yaml"), new byte[] {'a', (byte) 0xff});
        Files.writeString(folder.resolve("own_large.yaml"), "# " + "x".repeat(65_535));
        Files.writeString(folder.resolve("own_other.yml"), GOOD);
        Files.writeString(folder.resolve("README.md"), "ignored");
        Files.writeString(Files.createDirectory(folder.resolve("more")).resolve("own_more.yaml"), GOOD);
        List<OwnDeclaration> all = OwnDeclarations.in(new LocalFolder(folder));
        assertThat(all)
                .extracting(OwnDeclaration::name)
                .containsExactly(
                        "more/own_more.yaml", "own_broken", "own_bytes", "own_large", "own_orders", "own_other.yml");
        assertThat(all.stream().flatMap(file -> file.declaration().stream()))
                .containsExactly(read(GOOD).declaration().orElseThrow());
        assertThat(all.stream().flatMap(file -> file.problems().stream()).map(DeclarationProblem::toString))
                .anyMatch(text -> text.startsWith("own_broken.yaml:11: field 'x' is unknown"))
                .contains(
                        "more/own_more.yaml: lies in another folder: expected all declarations in the folder itself",
                        "own_bytes.yaml: is no text: expected UTF-8",
                        "own_large.yaml: has 65537 bytes: expected at most 65536",
                        "own_other.yml: has another ending: expected .yaml")
                .hasSize(5);
    }

    @Test
    void aFileThatCannotBeReadAndTooManyOfThemAreBroken() throws IOException {
        SortedMap<String, Long> files = new TreeMap<>();
        for (int i = 100; i < 201; i++) {
            files.put("own_" + i + ".yaml", 10L);
        }
        List<OwnDeclaration> all = OwnDeclarations.in(new DeclarationFolder() {
            @Override
            public SortedMap<String, Long> files() {
                return files;
            }

            @Override
            public byte[] content(String file) throws IOException {
                if (file.equals("own_100.yaml")) {
                    throw new IOException("access denied");
                }
                return GOOD.replace("own_orders", file.replace(".yaml", "")).getBytes(StandardCharsets.UTF_8);
            }
        });
        assertThat(all.get(0).problems())
                .singleElement()
                .hasToString("own_100.yaml: cannot be read: access denied: expected a readable file");
        assertThat(all.get(99).declaration()).isPresent();
        assertThat(all.get(100).problems())
                .singleElement()
                .hasToString("own_200.yaml: is one of more than 100 files: expected at most 100");
    }

    @Test
    void theExamplesAreValidAndOfBothKinds() throws IOException {
        List<OwnDeclaration> examples = OwnDeclarations.in(new LocalFolder(Path.of("../examples/exports")));
        assertThat(examples).allSatisfy(file -> assertThat(file.problems()).isEmpty());
        assertThat(examples.stream()
                        .map(file -> file.declaration().orElseThrow().isLog()))
                .containsExactly(true, false);
    }

    @Test
    void theSchemaHasTheFieldsAndTheirFormsThatTheParserTakes() throws IOException {
        JsonNode schema = new JsonMapper().readTree(OwnExportSchema.json());
        JsonNode fields = schema.path("properties");
        List<String> names = Arrays.stream(DeclarationField.values())
                .map(DeclarationField::text)
                .filter(name -> !List.of("undated", "held_back").contains(name))
                .toList();
        assertThat(fields.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            boolean list = fields.path(name).path("type").asText().equals("array");
            assertThat(problems(name + ": {a: b}\n"))
                    .as(name)
                    .contains("own_orders.yaml:1: " + name + " is a mapping: expected "
                            + (!list
                                    ? "a text"
                                    : fields.path(name)
                                                    .path("items")
                                                    .path("type")
                                                    .asText()
                                                    .equals("object")
                                            ? "a list of mappings"
                                            : "a list such as [id]"));
        }
        assertThat(fields.path("columns").path("items").path("properties").fieldNames())
                .toIterable()
                .containsExactly("name", "type", "blanks");
        for (JsonNode required : schema.path("required")) {
            assertThat(problems("reread: true\n")).anyMatch(text -> text.contains(required.asText() + " is missing"));
        }
        for (JsonNode type : fields.at("/columns/items/properties/type/enum")) {
            assertThat(read(GOOD.replace("bigint", type.asText())).problems()).isEmpty();
        }
    }
}
