package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are missing by key as multisets, whatever has happened to other columns. */
class MissingRowsTest {

    private static final ClusterName CLUSTER = new ClusterName("product");
    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final LocalDateTime NINE = DAY.atTime(9, 0);
    private static final Window HOUR =
            new Window(WindowPlan.justBefore(NINE), WindowPlan.justBefore(NINE.plusHours(1)));

    /** Its key has a time of its own. */
    private static final ExportDeclaration TIMED = declaration("timed", "[id, starttime]", "");
    /** A key of an id that comes back, and of a number. */
    private static final ExportDeclaration CHILD = declaration("child", "[id, number]", "parent: id\n");

    private static ExportDeclaration declaration(String name, String key, String more) {
        return Declarations.parse(
                "name: " + name + "\nset: core\nlog_time_rule: endtime\nkey: " + key + "\nreread: true\n" + more + """
                        sql: select endtime as log_time, id from source where endtime > :from and endtime <= :to
                        columns:
                          - {name: id, type: integer}
                          - {name: number, type: integer}
                          - {name: starttime, type: timestamp}
                          - {name: text, type: string}
                        """,
                "test");
    }

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final Lake lake = new Lake(catalog, "db", "s3://lake");

    /** A row; its times are minutes after nine. */
    private record Row(
            int minute,
            @Nullable Integer id,
            @Nullable Integer number,
            @Nullable Integer start,
            @Nullable String text) {

        Row(int minute, int id, String text) {
            this(minute, id, 1, minute, text);
        }
    }

    private Table table(ExportDeclaration declaration) {
        lake.createDatabase();
        lake.open(declaration, CLUSTER);
        return catalog.loadTable(TableIdentifier.of("db", declaration.name()));
    }

    private static List<DataFile> write(Table table, Row... rows) {
        LakeFiles files = new LakeFiles(table, 0, 0);
        try {
            for (Row row : rows) {
                Record record = GenericRecord.create(table.schema());
                record.setField("cluster_name", CLUSTER.value());
                record.setField("log_time", NINE.plusMinutes(row.minute()));
                put(record, "id", row.id());
                put(record, "number", row.number());
                record.setField(
                        "starttime",
                        row.start() == null
                                ? null
                                : NINE.plusMinutes(row.start()).minusHours(1));
                put(record, "text", row.text());
                files.write(record);
            }
            return Arrays.asList(files.complete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Into the column of this name, or the one to which it drifted. */
    private static void put(Record record, String column, @Nullable Object value) {
        boolean drifted = record.struct().field(column + "_string") != null;
        Object stored = drifted && value != null ? value.toString() : value;
        if (stored instanceof Integer number && record.struct().field(column).type() == Types.LongType.get()) {
            stored = number.longValue();
        }
        record.setField(drifted ? column + "_string" : column, stored);
    }

    private static void append(Table table, Row... rows) {
        AppendFiles append = table.newAppend();
        write(table, rows).forEach(append::appendFile);
        append.commit();
    }

    private LateRows missing(Table table, ExportDeclaration declaration, Row... shown) {
        return missing(table, declaration, 1_000, shown);
    }

    private LateRows missing(Table table, ExportDeclaration declaration, long rowsOfAPart, Row... shown) {
        LakePosition base = new ClusterRows(table, CLUSTER).position(Optional.empty());
        return new MissingRows(table, CLUSTER, declaration, rowsOfAPart)
                .of(base, HOUR, new WrittenFiles(write(table, shown), HOUR.to(), ReplacedValues.none()));
    }

    /** The minutes and texts of the missing rows. */
    private List<String> rows(Table table, LateRows late) {
        AppendFiles append = table.newAppend();
        late.written().files().forEach(append::appendFile);
        List<String> before = texts(table);
        append.commit();
        List<String> added = new ArrayList<>(texts(table));
        before.forEach(added::remove);
        return added;
    }

    private static List<String> texts(Table table) {
        return TestingLake.rows(table).stream()
                .map(row -> ((LocalDateTime) row.getField("log_time")).getMinute() + " " + row.getField("text"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 1_000})
    void asManyRowsOfAKeyAreMissingAsTheSourceHasMore(long rowsOfAPart) {
        Table table = table(TIMED);
        append(table, new Row(1, 1, "a"), new Row(2, 2, "b"), new Row(2, 2, "b"), new Row(5, 5, "e"));
        LateRows late = missing(
                table,
                TIMED,
                rowsOfAPart,
                new Row(1, 1, "a"),
                new Row(1, 1, "a"),
                new Row(2, 2, "b"),
                new Row(3, 3, "c"),
                new Row(4, 4, "d"));
        assertThat(late.oldest()).contains(NINE.plusMinutes(1));
        assertThat(late.written().maxLogTime()).contains(NINE.plusMinutes(4));
        assertThat(late.changed()).isZero();
        assertThat(rows(table, late)).containsExactly("1 a", "3 c", "4 d");
    }

    @Test
    void aLakeWithoutRowsLacksAll() {
        Table table = table(TIMED);
        assertThat(missing(table, TIMED, new Row(1, 1, "a")).written().rows()).isEqualTo(1);
    }

    @Test
    void rowsOfOtherClustersAndHoursDoNotStandForMissingOnes() {
        Table table = table(TIMED);
        append(table, new Row(70, 1, 1, 1, "another hour, another row"));
        AppendFiles other = table.newAppend();
        LocalLake.write(table, "other", NINE.plusMinutes(1).toString()).forEach(other::appendFile);
        other.commit();
        assertThat(missing(table, TIMED, new Row(1, 0, 1, 2, "a")).written().rows())
                .isEqualTo(1);
    }

    /** If only some rows of a key are missing, they are those whose values the lake lacks. */
    @Test
    void theLakesRowsAreNotWrittenTwice() {
        Table table = table(TIMED);
        append(table, new Row(1, 1, "a"));
        assertThat(rows(table, missing(table, TIMED, new Row(1, 1, "a"), new Row(1, 1, "b"))))
                .containsExactly("1 b");
        append(table, new Row(2, 2, "before"));
        assertThat(missing(table, TIMED, new Row(2, 2, "after"), new Row(2, 2, "new"))
                        .written()
                        .rows())
                .isEqualTo(1);
    }

    @Test
    void keysWithOtherValuesAreCountedAndNotWritten() {
        Table table = table(TIMED);
        append(table, new Row(1, 1, "a"), new Row(2, 2, "b"));
        LateRows late = missing(table, TIMED, new Row(1, 1, "changed"), new Row(2, 2, "b"));
        assertThat(late.written().rows()).isZero();
        assertThat(late.changed()).isEqualTo(1);
    }

    @Test
    void nullIsAKey() {
        Table table = table(TIMED);
        append(table, new Row(1, null, null, null, "a"));
        assertThat(missing(table, TIMED, new Row(1, null, null, null, "a"), new Row(1, null, null, null, null))
                        .written()
                        .rows())
                .isEqualTo(1);
    }

    @Test
    void aRowThatTheLakeHasAtAnotherTimeHasMoved() {
        Table table = table(TIMED);
        append(table, new Row(-120, 1, 1, 0, "at first"), new Row(-60 * 24 * 8, 2, 1, 0, "eight days ago"));
        LateRows late = missing(
                table, TIMED, new Row(5, 1, 1, 0, "ended later"), new Row(6, 2, 1, 0, "b"), new Row(7, 1, 1, 1, "c"));
        assertThat(late.moved()).isEqualTo(2);
        assertThat(rows(table, late)).as("another start is another row").containsExactly("7 c");
    }

    /** Its id comes back, so the whole row decides. */
    @Test
    void aChildHasMovedIfTheLakeHasTheWholeRowAtAnotherTime() {
        Table table = table(CHILD);
        append(table, new Row(-120, 1, 1, null, "step"), new Row(-120, 1, 2, null, "step of the first run"));
        LateRows late =
                missing(table, CHILD, new Row(5, 1, 1, null, "step"), new Row(5, 1, 2, null, "step of the second run"));
        assertThat(late.moved()).isEqualTo(1);
        assertThat(rows(table, late)).containsExactly("5 step of the second run");
    }

    @Test
    void columnsThatWereAddedWidenedOrGotAnotherTypeDoNotDoubleTheHour() {
        Table table = table(TIMED);
        Row[] rows = {new Row(1, 1, "a"), new Row(2, 2, "b")};
        append(table, rows);
        table.updateSchema()
                .addColumn("added", Types.StringType.get())
                .updateColumn("number", Types.LongType.get())
                .addColumn("id_string", Types.StringType.get())
                .commit();
        assertThat(missing(table, TIMED, rows).written().rows()).isZero();
        // the whole rows differ: comparing them would double the hour
        CanonicalRow whole =
                new CanonicalRow(SourceColumns.of(table.schema(), TIMED).asStored());
        Record stored = TestingLake.rows(table).get(0);
        Record now = stored.copy();
        now.setField("id", null);
        now.setField("id_string", String.valueOf(stored.getField("id")));
        assertThat(whole.hash(now)).isNotEqualTo(whole.hash(stored));
    }

    @Test
    void theChecksumOfADayIsThatOfItsRowsInAnyOrderAndNumber() {
        Table table = table(TIMED);
        append(table, new Row(1, 1, "a"), new Row(2, 2, "b"));
        append(table, new Row(60 * 15, 9, "the next day"));
        String sum = day(table).checksum();
        assertThat(day(table).rows()).isEqualTo(2);
        assertThat(day(table).first()).contains(NINE.plusMinutes(1));
        assertThat(day(table).last()).contains(NINE.plusMinutes(2));
        table.updateSchema()
                .addColumn("added", Types.StringType.get())
                .updateColumn("number", Types.LongType.get())
                .commit();
        assertThat(day(table).checksum()).as("added and widened columns").isEqualTo(sum);
        append(table, new Row(2, 2, "b"));
        String doubled = day(table).checksum();
        assertThat(doubled).isNotEqualTo(sum);
        append(table, new Row(2, 2, "b"));
        assertThat(day(table).checksum())
                .as("not an exclusive or")
                .isNotEqualTo(sum)
                .isNotEqualTo(doubled);

        Table other = table(declaration("other", "[id]", ""));
        append(other, new Row(2, 2, "b"));
        append(other, new Row(1, 1, "a"));
        assertThat(day(other).checksum()).as("another order").isEqualTo(sum);
        assertThat(new DayContent(other, new ClusterName("none"), TIMED)
                        .of(new ClusterRows(other, CLUSTER).position(Optional.empty()), DAY))
                .isEqualTo(new DayRows(0, "0".repeat(32), Optional.empty(), Optional.empty()));
    }

    private static DayRows day(Table table) {
        return new DayContent(table, CLUSTER, TIMED)
                .of(new ClusterRows(table, CLUSTER).position(Optional.empty()), DAY);
    }
}
