package io.github.redshiftquerylogs.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.declaration.OwnDeclaration;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ExportList;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportSelectionTest {

    private static final ClusterName CLUSTER = new ClusterName("hr");

    private static final List<ExportDeclaration> KNOWN = List.of(
            export("query", "core"),
            export("scan", "core"),
            export("vacuum", "stl"),
            export("compile", "stl-large"),
            export("history", "sys"));

    private static ExportDeclaration export(String name, String set) {
        return Declarations.parse("""
                name: %s
                set: %s
                log_time_rule: endtime
                key: [a]
                reread: true
                sql: select endtime as log_time, a from t where endtime > :from and endtime <= :to
                columns: [{name: a, type: integer}]
                """.formatted(name, set), "test");
    }

    private static ExportSelection selection(String... values) {
        return selection(KnownExports.of(KNOWN), values);
    }

    private static ExportSelection selection(KnownExports known, String... values) {
        return new ExportSelection(
                CLUSTER,
                known,
                Arrays.stream(values)
                        .map(value -> ExportList.parse("exports", value))
                        .toList());
    }

    private static String names(ExportSelection selection) {
        return String.join(
                " ",
                selection.select(SourceKind.STL.suitable()).exports().stream()
                        .map(ExportDeclaration::name)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    core               | query scan
                    stl                | query scan vacuum
                    stl-large          | compile
                    sys,stl            | query scan vacuum history
                    compile,query      | query compile
                    stl,-scan          | query vacuum
                    stl,-core          | vacuum
                    stl,-core,scan     | scan vacuum
                    stl-large,-stl,core| compile
                    -scan              | query vacuum
                    -core              | vacuum
                    -history           | query scan vacuum
                    """)
    void aListSelectsByNamesAndSets(String list, String expected) {
        assertThat(names(selection(list))).isEqualTo(expected);
    }

    @Test
    void withoutListsTheDefaultIsSelected() {
        assertThat(names(selection())).isEqualTo("query scan vacuum");
        assertThat(selection().select(Set.of(ExportSet.CORE)).exports()).hasSize(2);
        assertThat(selection().select(SourceKind.SYS.suitable()).exports())
                .extracting(ExportDeclaration::name)
                .containsExactly("history");
    }

    @Test
    void listsApplyOneAfterTheOther() {
        assertThat(names(selection("stl", "-scan"))).isEqualTo("query vacuum");
        assertThat(names(selection("-scan", "-vacuum"))).isEqualTo("query");
        assertThat(names(selection("-scan", "core"))).isEqualTo("query scan");
    }

    @Test
    void theDefaultMattersOnlyIfNoListIncludesAnything() {
        assertThat(selection().needsDefault()).isTrue();
        assertThat(selection("-scan", "-core").needsDefault()).isTrue();
        assertThat(selection("sys", "-scan").needsDefault()).isFalse();
    }

    @Test
    void allUnknownNamesAreReportedWithTheNearestOnes() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> selection("qery,stl_large", "core,-name"))
                .withMessage(
                        "exports = 'qery': expected names of exports, or of the sets core, stl, stl-large, sys, names,"
                                + " states, own; the nearest names are query, core, own; exports = 'stl_large': expected names of"
                                + " exports, or of the sets core, stl, stl-large, sys, names, states, own; the nearest names are"
                                + " stl-large, states, stl; exports = 'name': expected names of exports, or of the sets core,"
                                + " stl, stl-large, sys, names, states, own; the nearest names are names, core, own");
    }

    @Test
    void nothingIsNoSelection() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> names(selection("sys,-history")))
                .withMessage("exports = 'sys,-history': expected a list that leaves at least one export, of query,"
                        + " scan, vacuum, compile, history");
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> selection().select(Set.of(ExportSet.NAMES, ExportSet.STATES)))
                .withMessage(
                        "redshift_query_logs.hr.exports = (missing): expected a list that leaves at least one export, of"
                                + " query, scan, vacuum, compile, history; the default of this cluster, names, states,"
                                + " has none in this release");
    }

    @Test
    void onlyExportsOfTheClusterAreOffered() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> names(selection(withOwn(), "sys,-history")))
                .withMessageEndingWith(" of query, scan, vacuum, compile, history, own_orders, own_of_hr");
    }

    private static OwnDeclaration own(String name, String more) {
        return Declarations.readOwn("""
                name: %s
                log_time_rule: saletime
                key: [a]
                reread: true
                sql: select saletime as log_time, a from t where saletime > :from and saletime <= :to
                columns: [{name: a, type: integer}]
                """.formatted(name) + more, name + ".yaml");
    }

    private static KnownExports withOwn() {
        return KnownExports.of(KNOWN)
                .with(
                        List.of(
                                own("own_orders", ""),
                                own("own_of_hr", "clusters: [hr]"),
                                own("own_of_others", "clusters: [finance, it]"),
                                own("own_broken", "colour: red")),
                        "s3://b/exports/own");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -scan                | query vacuum own_orders own_of_hr  | own_broken
                    core                 | query scan                         | -
                    core,own             | query scan own_orders own_of_hr    | own_broken
                    core,own,-own_orders | query scan own_of_hr               | own_broken
                    own_orders           | own_orders                         | -
                    own_broken           | -                                  | own_broken
                    core,own_of_others   | query scan                         | -
                    core,own_broken      | query scan                         | own_broken
                    -own                 | query scan vacuum                  | -
                    -own,own_of_hr       | own_of_hr                          | -
                    """)
    void ownExportsAreSelectedByDefaultByNameOrAsASet(String list, String exports, String broken) {
        ExportSelection.Selected selected = selection(withOwn(), list).select(SourceKind.STL.suitable());
        assertThat(selected.exports())
                .extracting(ExportDeclaration::name)
                .containsExactly(exports.equals("-") ? new String[0] : exports.split(" ", -1));
        assertThat(selected.broken().keySet())
                .containsExactly(broken.equals("-") ? new String[0] : broken.split(" ", -1));
    }

    /** A file may have any name. */
    @Test
    void brokenFileOfTheNameOfAnotherExportLeavesItAlone() {
        KnownExports known = KnownExports.of(KNOWN)
                .with(List.of(Declarations.readOwn("colour: red", "query.yaml")), "s3://b/exports/own");
        ExportSelection.Selected selected = selection(known, "core,own").select(Set.of());
        assertThat(selected.exports()).extracting(ExportDeclaration::name).containsExactly("query", "scan");
        assertThat(selected.broken()).containsOnlyKeys("query.yaml");
        assertThat(names(selection(known, "core"))).isEqualTo("query scan");
    }

    @Test
    void whatIsWrongWithABrokenOneIsKnown() {
        assertThat(selection(withOwn()).select(Set.of()).broken().get("own_broken"))
                .startsWith("own_broken.yaml:7: field 'colour' is unknown: expected ");
        assertThat(withOwn().note()).isEmpty();
        assertThat(KnownExports.of(KNOWN).with(List.of(), "s3://b/exports/own").note())
                .contains("there is no own export in s3://b/exports/own: expected files *.yaml in it");
    }

    @Test
    void namesAreNotCheckedWhileOwnExportsAreNotKnown() {
        KnownExports unread = KnownExports.of(KNOWN).unread("s3://b/exports/own", "access denied");
        assertThat(names(selection(unread, "core,own_orders"))).isEqualTo("query scan");
        assertThat(unread.note())
                .contains("own exports were not exported, because s3://b/exports/own could not be read: access denied");
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> selection("core,own_orders"))
                .withMessageStartingWith("exports = 'own_orders': expected names of exports");
    }

    @Test
    void aClusterIsOfAnEarlierReleaseIfItIsKnownInTablesOfThatReleaseAlone() {
        assertThat(DefaultExports.of(false, false)).isEqualTo(DefaultExports.SUITABLE);
        assertThat(DefaultExports.of(true, false)).isEqualTo(DefaultExports.CORE);
        assertThat(DefaultExports.of(true, true)).isEqualTo(DefaultExports.SUITABLE);
    }

    @Test
    void aDecisionIsStoredInLowerCaseAndReadAsItIs() {
        for (DefaultExports decision : DefaultExports.values()) {
            assertThat(DefaultExports.named(decision.text())).contains(decision);
        }
        assertThat(DefaultExports.CORE.text()).isEqualTo("core");
        assertThat(DefaultExports.named("CORE")).isEmpty();
        assertThat(DefaultExports.named("")).isEmpty();
    }
}
