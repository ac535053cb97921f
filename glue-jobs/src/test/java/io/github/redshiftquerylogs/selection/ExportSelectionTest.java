package io.github.redshiftquerylogs.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
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
        return new ExportSelection(
                CLUSTER,
                KNOWN,
                Arrays.stream(values)
                        .map(value -> ExportList.parse("exports", value))
                        .toList());
    }

    private static String names(ExportSelection selection) {
        return String.join(
                " ",
                selection.exports(SourceKind.STL.suitable()).stream()
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
        assertThat(selection().exports(Set.of(ExportSet.CORE))).hasSize(2);
        assertThat(selection().exports(SourceKind.SYS.suitable()))
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
                                + " states; the nearest names are query, core, scan; exports = 'stl_large': expected names of"
                                + " exports, or of the sets core, stl, stl-large, sys, names, states; the nearest names are"
                                + " stl-large, states, stl; exports = 'name': expected names of exports, or of the sets core,"
                                + " stl, stl-large, sys, names, states; the nearest names are names, core, scan");
    }

    @Test
    void nothingIsNoSelection() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> names(selection("sys,-history")))
                .withMessage("exports = 'sys,-history': expected a list that leaves at least one export, of query,"
                        + " scan, vacuum, compile, history");
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> selection().exports(Set.of(ExportSet.NAMES, ExportSet.STATES)))
                .withMessage(
                        "redshift_query_logs.hr.exports = (missing): expected a list that leaves at least one export, of"
                                + " query, scan, vacuum, compile, history; the default of this cluster, names, states,"
                                + " has none in this release");
    }

    @Test
    void aClusterIsOfAnEarlierReleaseIfItIsKnownInTablesOfThatReleaseAlone() {
        assertThat(DefaultExports.of(false, false)).isEqualTo(DefaultExports.SUITABLE);
        assertThat(DefaultExports.of(true, false)).isEqualTo(DefaultExports.CORE);
        assertThat(DefaultExports.of(true, true)).isEqualTo(DefaultExports.SUITABLE);
    }
}
