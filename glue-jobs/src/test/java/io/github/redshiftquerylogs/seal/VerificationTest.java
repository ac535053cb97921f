package io.github.redshiftquerylogs.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.DayRows;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another engine does to sealed rows, or to the entries, is found. */
class VerificationTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-19");

    private static final LocalLake LOCAL = new LocalLake();
    private static int number;

    private final ClusterName cluster = new ClusterName("cluster" + ++number);
    private final Lake lake = LOCAL.lake(LocalLake.DATABASE);
    private final ExportDeclaration export = LocalLake.declaration();
    private String head = "";

    @AfterAll
    static void stop() {
        LOCAL.close();
    }

    @BeforeEach
    void twoSealedDaysAndAnOpenOne() {
        lake.open(export, cluster);
        insert(DAY, 1);
        insert(DAY, 2);
        insert(DAY.plusDays(1), 3);
        insert(DAY.plusDays(2), 4);
        SealedDays days = new SealedDays(cluster, lake.openRecords(SealedDays.definition(), cluster));
        head = days.append(List.of(entry(DAY), entry(DAY.plusDays(1))), now(), Map.of())
                .head();
    }

    private SealedDay entry(LocalDate day) {
        LakeTable table = lake.open(export, cluster);
        LakePosition base = table.position(Optional.empty());
        DayRows rows = table.day(base, day);
        return new SealedDay(
                export.name(),
                day,
                1,
                SealedDay.State.SEALED,
                OptionalLong.of(rows.rows()),
                rows,
                SealedDay.Late.NONE,
                "run");
    }

    private static LocalDateTime now() {
        return DAY.plusDays(2).atTime(4, 0);
    }

    private void insert(LocalDate day, int id) {
        sql("INSERT INTO %s VALUES ('" + cluster + "', timestamp '" + day + " 09:00:00', " + id + ")");
    }

    private void sql(String text) {
        sql(text, export.name());
    }

    private static void sql(String text, String table) {
        LOCAL.spark().sql(text.formatted("glue_catalog." + LocalLake.DATABASE + "." + table));
    }

    private Verification.Report verify(Optional<String> kept) {
        return new Verification(lake, cluster, List.of(export)).run(kept);
    }

    @Test
    void anUnalteredHistoryIsSaidToBeOne() {
        Verification.Report report = verify(Optional.of(head));
        assertThat(report.problems()).isEmpty();
        assertThat(report.isUnaltered()).isTrue();
        assertThat(report)
                .isEqualTo(new Verification.Report(2, head, Map.of(SealedDay.State.SEALED, 2L), 1, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE %s SET id = 7 WHERE id = 1 AND cluster_name = | rows were altered",
                "UPDATE %s SET log_time = log_time + INTERVAL 1 SECOND WHERE id = 1 AND cluster_name = | rows were altered",
                "DELETE FROM %s WHERE id = 1 AND cluster_name = | the lake has 1 rows: expected 2, as sealed",
                "INSERT INTO %s SELECT * FROM %s WHERE id = 1 AND cluster_name = | the lake has 3 rows: expected 2, as sealed",
                "DELETE FROM %s WHERE day(log_time) = 19 AND cluster_name = | the lake has 0 rows: expected 2, as sealed"
            })
    void whatAnotherEngineDoesToRowsIsFound(String statement, String problem) {
        sql((statement + " '" + cluster + "'")
                .replace("FROM %s WHERE id = 1 AND", "FROM %1$s WHERE id = 1 AND")
                .replace("%s", "%1$s"));
        assertThat(verify(Optional.of(head)).problems())
                .singleElement()
                .asString()
                .startsWith(export.name() + " 2026-11-19: " + problem);
    }

    @Test
    void anAlteredEntryIsFound() {
        sql("UPDATE %s SET lake_rows = 3 WHERE sequence = 1 AND cluster_name = '" + cluster + "'", "sealed_days");
        assertThat(verify(Optional.empty()).problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("entry 1 of sealed_days"))
                .anyMatch(problem -> problem.contains("has 2 rows: expected 3"));
    }

    @Test
    void aRemovedEntryIsFound() {
        sql("DELETE FROM %s WHERE sequence = 1 AND cluster_name = '" + cluster + "'", "sealed_days");
        assertThat(verify(Optional.empty()).problems())
                .singleElement()
                .asString()
                .startsWith("entry 2 of sealed_days");
    }

    /** The end of the chain can only be missed by somebody who has kept it. */
    @Test
    void aTailThatWasCutOffIsFoundByAHeadThatWasKept() {
        sql("DELETE FROM %s WHERE sequence = 2 AND cluster_name = '" + cluster + "'", "sealed_days");
        assertThat(verify(Optional.empty()).problems()).isEmpty();
        assertThat(verify(Optional.of(head)).problems())
                .singleElement()
                .asString()
                .startsWith("no entry has the head " + head);
    }

    @Test
    void tablesWithoutADeclarationAreNotPassedOver() {
        assertThat(new Verification(lake, cluster, List.of())
                        .run(Optional.empty())
                        .problems())
                .containsExactly(export.name() + ": 2 days cannot be verified: expected a declaration of this table");
    }
}
