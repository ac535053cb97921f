package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows are counted by metadata where a file lies in one hour, or day; others are read. */
class RowsByTimeTest {

    private static final ClusterName CLUSTER = new ClusterName("product");
    private static final LocalDate DAY = LocalDate.parse("2026-11-19");

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final Lake lake = new Lake(catalog, "db", "s3://lake");
    private final ExportDeclaration declaration = LocalLake.declaration();
    private Table table;

    @BeforeEach
    void create() {
        lake.createDatabase();
        lake.open(declaration, CLUSTER);
        table = catalog.loadTable(TableIdentifier.of("db", declaration.name()));
    }

    private void append(String cluster, String... times) {
        AppendFiles append = table.newAppend();
        LocalLake.write(table, cluster, times).forEach(append::appendFile);
        append.commit();
        table.refresh();
    }

    private List<String> hours() {
        List<Long> hours = RowsByTime.byHour(table, CLUSTER, DAY);
        assertThat(hours).hasSize(24);
        List<String> found = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            if (hours.get(hour) > 0) {
                found.add(hour + ": " + hours.get(hour));
            }
        }
        return found;
    }

    @Test
    void aTableWithoutRowsHasNone() {
        assertThat(hours()).isEmpty();
    }

    @Test
    void onlyRowsOfTheClusterAndTheDayCount() {
        append("product", "2026-11-18T23:59:59.999999", "2026-11-19T00:00:00", "2026-11-19T23:59:59.999999");
        append("product", "2026-11-20T00:00:00");
        append("other", "2026-11-19T05:00:00");
        assertThat(hours()).containsExactly("0: 1", "23: 1");
    }

    @Test
    void aFileOfOneHourIsNotRead() {
        append("product", "2026-11-19T07:00:00", "2026-11-19T07:59:59.999999");
        table.currentSnapshot()
                .addedDataFiles(table.io())
                .forEach(file -> table.io().deleteFile(file.location()));
        assertThat(hours()).containsExactly("7: 2");
    }

    @Test
    void aFileOfSeveralHoursIsRead() {
        append("product", "2026-11-19T07:59:59.999999", "2026-11-19T08:00:00", "2026-11-19T08:00:00");
        append("product", "2026-11-19T08:30:00", "2026-11-19T08:31:00");
        assertThat(hours()).containsExactly("7: 1", "8: 4");
    }

    @Test
    void filesWithoutBoundsAreRead() {
        table.updateProperties()
                .set("write.metadata.metrics.column.log_time", "none")
                .commit();
        append("product", "2026-11-19T07:00:00", "2026-11-19T07:10:00");
        assertThat(hours()).containsExactly("7: 2");
    }

    /** Another engine may have changed the partitions: then a file has rows of several days. */
    @Test
    void filesOfOtherPartitionsAreReadRowByRow() {
        append("product", "2026-11-19T07:00:00");
        table.updateSpec().removeField("log_time_day").commit();
        table.refresh();
        append("product", "2026-11-18T07:00:00", "2026-11-19T08:00:00", "2026-11-20T08:00:00");
        assertThat(hours()).containsExactly("7: 1", "8: 1");
    }

    private String days(String first) {
        return RowsByTime.byDay(table, CLUSTER, LocalDate.parse(first)).toString();
    }

    @Test
    void daysHaveTheirNumbersAndNewestRows() {
        assertThat(days("2026-11-19")).isEqualTo("{}");
        append("product", "2026-11-18T23:59:59.999999");
        append("product", "2026-11-19T00:00:00", "2026-11-19T23:59:59.999999");
        append("product", "2026-11-19T07:00:00");
        append("product", "2026-11-21T00:00:00");
        append("other", "2026-11-20T05:00:00");
        assertThat(days("2026-11-19"))
                .isEqualTo("{2026-11-19=RowsOfTime[rows=3, newest=2026-11-19T23:59:59.999999],"
                        + " 2026-11-21=RowsOfTime[rows=1, newest=2026-11-21T00:00]}");
    }

    @Test
    void daysOfFilesOfOtherPartitionsAreReadRowByRow() {
        table.updateSpec().removeField("log_time_day").commit();
        table.refresh();
        append("product", "2026-11-18T07:00:00", "2026-11-19T08:00:00", "2026-11-20T08:00:00");
        assertThat(days("2026-11-19")).contains("2026-11-19=RowsOfTime[rows=1").doesNotContain("2026-11-18");
    }
}
