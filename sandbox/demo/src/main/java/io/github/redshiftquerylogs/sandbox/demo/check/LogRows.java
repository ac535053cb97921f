package io.github.redshiftquerylogs.sandbox.demo.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a log of one cluster, as each witness has them; pure.
 *
 * @param columns their columns
 * @param ledger the rows that the lake must have
 * @param optional the rows that the lake may have as well, each at most as often as here
 * @param source the rows that the cluster shows
 * @param settled whether the cluster shows no row that the lake must not have yet
 * @param lake the rows of the lake
 */
record LogRows(
        List<String> columns,
        Map<List<@Nullable String>, Long> ledger,
        Map<List<@Nullable String>, Long> optional,
        Map<List<@Nullable String>, Long> source,
        boolean settled,
        Map<List<@Nullable String>, Long> lake) {

    /** The differences; empty if there are none. */
    List<String> problems() {
        List<String> problems =
                new ArrayList<>(Multisets.differences(columns, "ledger", ledger, "lake", lakeWithoutOptional()));
        problems.addAll(
                settled
                        ? Multisets.differences(columns, "source", source, "lake", lake)
                        : Multisets.notIn("lake", lake, "source", source));
        if (lake.isEmpty()) {
            problems.add("no rows: expected at least one");
        }
        return problems;
    }

    /** The differences between the ledger and the lake, as numbers. */
    Differences differences() {
        return Differences.of(ledger, lakeWithoutOptional());
    }

    private Map<List<@Nullable String>, Long> lakeWithoutOptional() {
        Map<List<@Nullable String>, Long> rows = new HashMap<>(lake);
        optional.forEach((row, times) -> rows.computeIfPresent(row, (same, found) -> {
            long surplus = found - ledger.getOrDefault(row, 0L);
            long left = found - Math.max(0, Math.min(surplus, times));
            return left == 0 ? null : Long.valueOf(left);
        }));
        return rows;
    }
}
