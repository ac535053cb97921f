package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.ColumnNames;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchemaChangeTest {

    private static final ExportDeclaration DECLARATION = Declarations.parse("""
                    name: t
                    set: core
                    log_time_rule: endtime
                    key: [a]
                    reread: true
                    sql: select :from, :to
                    columns: [{name: a, type: integer}, {name: b, type: bigint}]
                    """, "test");
    private static final Map<String, ColumnType> LAKE = Map.of(
            "cluster_name",
            ColumnType.STRING,
            "log_time",
            ColumnType.TIMESTAMP,
            "a",
            ColumnType.INTEGER,
            "b",
            ColumnType.BIGINT,
            "c",
            ColumnType.STRING);

    @Test
    void nothingChangesWhenTheSourceHasWhatTheLakeHasOrLess() {
        assertThat(plan(column("a", ColumnType.INTEGER)).isNone()).isTrue();
    }

    @Test
    void columnOfAnUnknownTypeIsTextAndNoted() {
        SchemaChange change = plan(
                column("a", ColumnType.INTEGER),
                SourceColumn.ofUnknownType("shape").named("shape_1"));
        assertThat(change.added()).containsExactly(new SchemaChange.Column("shape_1", ColumnType.STRING));
        assertThat(change.notes())
                .contains("column shape_1 is read as text, because the driver does not know its type");
    }

    @Test
    void newColumnIsAdded() {
        assertThat(plan(column("a", ColumnType.INTEGER), column("query_uuid", ColumnType.STRING))
                        .added())
                .containsExactly(new SchemaChange.Column("query_uuid", ColumnType.STRING));
    }

    /** Its declared type holds what other clusters, or later patches, have in it. */
    @Test
    void declaredColumnThatTheLakeLacksIsAddedOnceWithItsDeclaredType() {
        Map<String, ColumnType> without = new HashMap<>(LAKE);
        without.remove("b");
        List<SourceColumn> source = List.of(
                column("log_time", ColumnType.TIMESTAMP),
                column("a", ColumnType.INTEGER),
                column("b", ColumnType.INTEGER));
        assertThat(SchemaChange.plan(without, source, DECLARATION).added())
                .containsExactly(new SchemaChange.Column("b", ColumnType.BIGINT));
        List<SourceColumn> drifted = List.of(
                column("log_time", ColumnType.TIMESTAMP),
                column("a", ColumnType.INTEGER),
                column("b", ColumnType.STRING));
        assertThat(SchemaChange.plan(without, drifted, DECLARATION).added())
                .containsExactly(new SchemaChange.Column("b", ColumnType.STRING));
    }

    /** The column of its own name is wide enough from now on, so the values come back to it. */
    @Test
    void columnThatIsWidenedByItsDeclarationTakesTheValuesBackFromItsOtherName() {
        Map<String, ColumnType> drifted = new HashMap<>(LAKE);
        drifted.put("b", ColumnType.INTEGER);
        drifted.put("b_bigint", ColumnType.BIGINT);
        SchemaChange change = SchemaChange.plan(
                drifted,
                List.of(
                        column("log_time", ColumnType.TIMESTAMP),
                        column("a", ColumnType.INTEGER),
                        column("b", ColumnType.BIGINT)),
                DECLARATION);
        assertThat(change.widened()).containsExactly(new SchemaChange.Column("b", ColumnType.BIGINT));
        assertThat(change.added()).isEmpty();
        assertThat(change.isNone()).isFalse();
        assertThat(change.notes()).singleElement().asString().startsWith("column b is bigint in the lake from now on");
    }

    @Test
    void integerGrowsIntoBigintAndNeverShrinks() {
        assertThat(plan(column("a", ColumnType.BIGINT)).widened())
                .containsExactly(new SchemaChange.Column("a", ColumnType.BIGINT));
        assertThat(plan(column("b", ColumnType.INTEGER)).isNone()).isTrue();
    }

    /** Query ids are integers in the source and in tables of the first release, and declared as bigint since. */
    @Test
    void tableOfAnEarlierReleaseIsBroughtToTheDeclaredColumns() {
        Map<String, ColumnType> old = new HashMap<>(LAKE);
        old.put("b", ColumnType.INTEGER);
        old.remove("a");
        SchemaChange change = SchemaChange.plan(
                old, List.of(column("log_time", ColumnType.TIMESTAMP), column("b", ColumnType.INTEGER)), DECLARATION);
        assertThat(change.widened()).containsExactly(new SchemaChange.Column("b", ColumnType.BIGINT));
        assertThat(change.added()).containsExactly(new SchemaChange.Column("a", ColumnType.INTEGER));
        assertThat(change.notes())
                .containsExactly(
                        "column b is bigint in the lake from now on: views of your own that show it have to be created again",
                        "column a is missing in the source: it is null in the lake");
        old.put("b", ColumnType.BIGINT);
        old.put("a", ColumnType.INTEGER);
        assertThat(SchemaChange.plan(
                                old,
                                List.of(column("log_time", ColumnType.TIMESTAMP), column("b", ColumnType.INTEGER)),
                                DECLARATION)
                        .isNone())
                .isTrue();
    }

    @Test
    void textHoldsEverything() {
        assertThat(plan(column("c", ColumnType.BOOLEAN)).isNone()).isTrue();
    }

    @Test
    void columnWhoseValuesNoLongerFitGoesOnUnderAnotherNameAndIsReported() {
        SchemaChange change = plan(column("a", ColumnType.STRING));
        assertThat(change.added()).containsExactly(new SchemaChange.Column("a_string", ColumnType.STRING));
        assertThat(change.isNone()).isFalse();
        assertThat(change.notes())
                .contains("column a is string in the source and integer in the lake: its values go to a_string");

        Map<String, ColumnType> after = new HashMap<>(LAKE);
        after.put("a_string", ColumnType.STRING);
        SchemaChange next = SchemaChange.plan(
                after, List.of(column("log_time", ColumnType.TIMESTAMP), column("a", ColumnType.STRING)), DECLARATION);
        assertThat(next.isNone()).as("the next run changes nothing").isTrue();
        assertThat(next.notes()).as("and says it again").isEqualTo(change.notes());
    }

    private static final ExportDeclaration DERIVING = Declarations.parse("""
                    name: t
                    set: core
                    log_time_rule: endtime
                    key: [a]
                    reread: true
                    sql: select :from, :to
                    columns: [{name: a, type: integer}, {name: c, type: string}]
                    derived: [{name: statement_kind, from: c}, {name: statement_version, from: c}]
                    """, "test");

    private static SchemaChange planDeriving(Map<String, ColumnType> lake, SourceColumn... more) {
        List<SourceColumn> source = new ArrayList<>(List.of(
                column("log_time", ColumnType.TIMESTAMP),
                column("a", ColumnType.INTEGER),
                column("c", ColumnType.STRING)));
        source.addAll(List.of(more));
        return SchemaChange.plan(lake, source, DERIVING);
    }

    @Test
    void derivedColumnsAreAddedToATableThatLacksThem() {
        SchemaChange change = planDeriving(LAKE);
        assertThat(change.added())
                .containsExactly(
                        new SchemaChange.Column("statement_kind", ColumnType.STRING),
                        new SchemaChange.Column("statement_version", ColumnType.INTEGER));
        assertThat(change.notes()).isEmpty();

        Map<String, ColumnType> after = new HashMap<>(LAKE);
        change.added().forEach(column -> after.put(column.name(), column.type()));
        assertThat(planDeriving(after).isNone()).isTrue();
    }

    @Test
    void sourceColumnWithTheNameOfADerivedOneGoesOnUnderAnotherName() {
        SourceColumn twin = column("statement_kind", ColumnType.STRING);
        SchemaChange change = planDeriving(LAKE, twin);
        assertThat(change.added())
                .containsExactlyInAnyOrder(
                        new SchemaChange.Column("statement_kind_string", ColumnType.STRING),
                        new SchemaChange.Column("statement_kind", ColumnType.STRING),
                        new SchemaChange.Column("statement_version", ColumnType.INTEGER));
        assertThat(change.notes())
                .containsExactly("column statement_kind of the source has the name of a derived column of the lake: its"
                        + " values go to statement_kind_string");

        Map<String, ColumnType> after = new HashMap<>(LAKE);
        change.added().forEach(column -> after.put(column.name(), column.type()));
        assertThat(planDeriving(after, twin).isNone()).isTrue();
    }

    /** A column of the source that the lake had before there were derived ones keeps its values. */
    @Test
    void derivedColumnWhoseNameIsTakenGoesToAnotherName() {
        Map<String, ColumnType> taken = new HashMap<>(LAKE);
        taken.put("statement_kind", ColumnType.INTEGER);
        assertThat(planDeriving(taken).added())
                .contains(new SchemaChange.Column("statement_kind_string", ColumnType.STRING));
    }

    @Test
    void columnWithTheNameForAnotherOnesOtherValuesKeepsIt() {
        SchemaChange change = plan(column("a", ColumnType.STRING), column("a_string", ColumnType.STRING));
        assertThat(change.added())
                .containsExactly(
                        new SchemaChange.Column("a_string_drifted", ColumnType.STRING),
                        new SchemaChange.Column("a_string", ColumnType.STRING));
    }

    @Test
    void columnWithAnotherNameInTheLakeIsReported() {
        SchemaChange change = plan(
                new SourceColumn("a.b", ColumnType.STRING).named("a_b_12345678"),
                new SourceColumn("A", ColumnType.INTEGER).named("a"));
        assertThat(change.added()).containsExactly(new SchemaChange.Column("a_b_12345678", ColumnType.STRING));
        assertThat(change.notes())
                .containsExactly(
                        "column 'a.b' of the source is a_b_12345678 in the lake, which cannot take it under its own name",
                        "column b is missing in the source: it is null in the lake");
    }

    @Test
    void columnThatTheSourceLacksIsReported() {
        assertThat(plan(column("a", ColumnType.INTEGER)).notes())
                .containsExactly("column b is missing in the source: it is null in the lake");
    }

    @Test
    void columnNamedLikeAColumnOfTheLakeIsRefused() {
        assertThatThrownBy(() -> plan(column("cluster_name", ColumnType.STRING)))
                .hasMessage("t: the query gives a column cluster_name, which is the lake's own: expected another name");
        assertThatThrownBy(() -> plan(column("log_time", ColumnType.TIMESTAMP)))
                .hasMessage("t: the query gives a column log_time twice: expected distinct names");
        assertThatThrownBy(() -> SchemaChange.plan(LAKE, List.of(column("a", ColumnType.INTEGER)), DECLARATION))
                .hasMessage("t: the query gives no column log_time: expected one");
    }

    private static SchemaChange plan(SourceColumn... columns) {
        List<SourceColumn> source = new ArrayList<>();
        source.add(column("log_time", ColumnType.TIMESTAMP));
        source.addAll(List.of(columns));
        return SchemaChange.plan(LAKE, source, DECLARATION);
    }

    private static SourceColumn column(String name, ColumnType type) {
        return new SourceColumn(name, type);
    }

    /** The lake got it from another cluster, or from a source that has lost the column since. */
    @Test
    void nameForOtherValuesThatTheLakeHasWithAnotherTypeIsNotUsed() {
        Map<String, ColumnType> lake = new HashMap<>(LAKE);
        lake.put("a_string", ColumnType.DATE);
        List<SourceColumn> source = List.of(column("log_time", ColumnType.TIMESTAMP), column("a", ColumnType.STRING));
        SchemaChange change = SchemaChange.plan(lake, source, DECLARATION);
        assertThat(change.added()).containsExactly(new SchemaChange.Column("a_string_drifted", ColumnType.STRING));
        assertThat(change.notes())
                .contains(
                        "column a is string in the source and integer in the lake: its values go to a_string_drifted");
        lake.put("a_string_drifted", ColumnType.BIGINT);
        assertThat(SchemaChange.plan(lake, source, DECLARATION).added())
                .containsExactly(new SchemaChange.Column("a_string_drifted2", ColumnType.STRING));
    }

    private static final List<String> ODD_NAMES = List.of(
            "a",
            "b",
            "c",
            "A",
            "B",
            "a_bigint",
            "a_string",
            "a_string_drifted",
            "b_string",
            "b_string_drifted",
            "e",
            "e_string",
            "e_date",
            "statement_kind",
            "statement_kind_string",
            "log_time",
            "LOG_TIME",
            "source_log_time",
            "cluster_name",
            "x.y",
            "X.Y",
            "_file",
            "");

    /** Random sources of several runs over one table. */
    @Test
    void eachColumnHasAPlaceOfItsOwnWhateverSourcesHadBefore() {
        for (long seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            Map<String, ColumnType> lake = new HashMap<>(Map.of(
                    "cluster_name", ColumnType.STRING, "log_time", ColumnType.TIMESTAMP, "a", ColumnType.INTEGER));
            for (int run = 0; run < 4; run++) {
                List<SourceColumn> source = randomSource(random);
                SchemaChange change = SchemaChange.plan(lake, source, DERIVING);
                change.added()
                        .forEach(added -> assertThat(lake.put(added.name(), added.type()))
                                .as("added although it is there: %s of %s", added, source)
                                .isNull());
                change.widened().forEach(widened -> lake.put(widened.name(), widened.type()));

                assertThat(SchemaChange.plan(lake, source, DERIVING).isNone()).isTrue();
                Map<String, ColumnType> ofSource = LakeColumns.without(
                        lake,
                        DERIVING.derived().stream()
                                .map(derived -> LakeColumns.place(lake, derived).orElseThrow())
                                .collect(Collectors.toSet()));
                assertThat(source.stream().skip(1).map(column -> LakeColumns.place(ofSource, column, source)))
                        .as("places of %s in %s", source, ofSource)
                        .doesNotContain(Optional.empty())
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static List<SourceColumn> randomSource(Random random) {
        List<String> names = new ArrayList<>(ODD_NAMES);
        Collections.shuffle(names, random);
        List<SourceColumn> source = new ArrayList<>(List.of(column("log_time", ColumnType.TIMESTAMP)));
        for (String name : names.subList(0, 1 + random.nextInt(7))) {
            List<ColumnType> types = new ArrayList<>(List.of(ColumnType.values()));
            Collections.shuffle(types, random);
            source.add(column(name, types.get(0)));
        }
        return ColumnNames.assign(source);
    }
}
