package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.lake.LakeColumns;
import io.github.redshiftquerylogs.lake.LakeRange;
import io.github.redshiftquerylogs.lake.ReplacedValues;
import io.github.redshiftquerylogs.redshift.ReplacedValue;
import io.github.redshiftquerylogs.redshift.SourceRows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Copies rows of a source into rows of the lake, column by column name. */
final class RowConversion {

    /**
     * The target of a column.
     *
     * @param trim whether trailing blanks of its texts are padding
     * @param width the bytes to which its texts are padded, where trailing blanks are data; 0: no padding
     */
    private record Target(String name, ColumnType lake, boolean trim, int width) {}

    private static final String OUT_OF_RANGE =
            "beyond the times that the lake holds, such as infinity, replaced by null";

    private final List<Target> targets = new ArrayList<>();
    private final ReplacedValues replaced = ReplacedValues.none();

    /**
     * Finds the columns of the lake.
     *
     * @param keepBlanks the text columns whose trailing blanks are data
     * @param derived the lake's columns that no source column may fill
     * @throws SourceException if the lake has no column for a column of the source
     */
    RowConversion(Schema lake, List<SourceColumn> source, Set<String> keepBlanks, Set<String> derived) {
        Map<String, ColumnType> columns = LakeColumns.without(LakeColumns.columns(lake), derived);
        for (SourceColumn column : source) {
            String name = LakeColumns.place(columns, column, source)
                    .filter(found -> !found.equals(LakeColumns.CLUSTER_NAME))
                    .orElseThrow(() -> SourceException.of(
                            FailureCategory.SOURCE,
                            "the source's column " + column.name()
                                    + " changed while it was read: expected the columns that it had before"));
            ColumnType type = Objects.requireNonNull(columns.get(name));
            boolean keeps = keepBlanks.contains(column.name());
            targets.add(new Target(name, type, column.padded() && !keeps, keeps ? column.width() : 0));
        }
    }

    void copy(SourceRows rows, Record row) {
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            Object value = usable(target.name(), rows.value(i, target.lake()));
            row.setField(target.name(), value instanceof String text ? kept(text, target) : value);
        }
    }

    /** The value that the lake takes; counts those that are replaced. */
    private @Nullable Object usable(String column, @Nullable Object value) {
        if (value instanceof ReplacedValue instead) {
            replaced.count(column, instead.reason());
            return instead.value();
        }
        if (LakeRange.holds(value)) {
            return value;
        }
        replaced.count(column, OUT_OF_RANGE);
        return null;
    }

    /** The values that were replaced so far. */
    ReplacedValues replaced() {
        return replaced;
    }

    private static String kept(String text, Target target) {
        return target.trim() ? withoutPadding(text) : padded(text, target.width());
    }

    /**
     * Pads a text to the width that the cluster stores. Drivers and UNLOAD differ in whether they return the trailing
     * blanks of a CHAR; in the lake the text is the same.
     */
    private static String padded(String text, int width) {
        int missing = width - (width == 0 ? 0 : text.getBytes(StandardCharsets.UTF_8).length);
        return missing > 0 ? text + " ".repeat(missing) : text;
    }

    /** Removes blanks only: CHAR is padded with blanks, other trailing white space is data. */
    private static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
