package io.github.redshiftquerylogs.sandbox.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.StateAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SelectedExportsTest {

    private static final String SINCE = "2026-11-20T07:00:00Z";

    private static final List<CheckReport.TableCheck> COMPARED = List.of(
            new CheckReport.TableCheck("orders", "stl_query", 5, List.of()),
            new CheckReport.TableCheck("orders", "pg_user", 2, List.of()),
            new CheckReport.TableCheck("returns", "sys_query_history", 7, List.of()));

    private static SelectedExports exports(Map<String, String> logs, Map<String, String> absent) {
        return SelectedExports.of(
                "orders",
                Map.of(
                        StateAttributes.SELECTED, map(logs),
                        StateAttributes.SELECTED_SNAPSHOTS, map(Map.of("pg_user", SINCE)),
                        StateAttributes.ABSENT, map(absent)));
    }

    private static AttributeValue map(Map<String, String> entries) {
        return AttributeValue.fromM(entries.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> AttributeValue.fromS(entry.getValue()))));
    }

    @Test
    void comparedExportsHaveNoProblem() {
        SelectedExports exports = exports(Map.of("stl_query", SINCE), Map.of());
        assertThat(exports.notAmong(COMPARED)).isEmpty();
        assertThat(exports.require(COMPARED)).isEqualTo(COMPARED);
    }

    @Test
    void exportThatWasOverlookedIsNamed() {
        assertThat(exports(Map.of("stl_query", SINCE, "sys_query_history", SINCE), Map.of())
                        .notAmong(COMPARED))
                .as("compared of another cluster")
                .containsExactly("sys_query_history");
    }

    @Test
    void tableThatIsNotSelectedOrCannotBeReadIsAProblem() {
        assertThat(exports(Map.of(), Map.of()).require(COMPARED))
                .extracting(CheckReport.TableCheck::problems)
                .containsExactly(
                        List.of("it is not selected: expected an export of the cluster"), List.of(), List.of());
        assertThat(exports(Map.of("stl_query", SINCE), Map.of("pg_user", SINCE)).require(COMPARED))
                .extracting(CheckReport.TableCheck::problems)
                .containsExactly(
                        List.of(),
                        List.of("it is refused or absent: expected that the cluster lets it be read"),
                        List.of());
    }

    @Test
    void stateWithoutTheEntryHasNoExports() {
        assertThat(SelectedExports.of("orders", Map.of()).names()).isEmpty();
    }

    @Test
    void reportSaysHowMuchWasCompared() {
        assertThat(new CheckReport(COMPARED, List.of("orders own_returns")).render())
                .contains("· not compared: orders own_returns")
                .endsWith("14 rows in 3 tables of 2 clusters were compared\n");
    }
}
