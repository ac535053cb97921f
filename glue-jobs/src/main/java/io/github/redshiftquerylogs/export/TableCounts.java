package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.transfer.ReadWindow;

/**
 * What a run counts for one table.
 *
 * @param windows finished windows; snapshots that were taken
 * @param unloaded finished windows that the cluster unloaded to S3
 * @param rows appended rows
 * @param attempts begun windows; more than {@code windows} if some had to start over
 */
record TableCounts(int windows, int unloaded, long rows, int attempts) {

    static final TableCounts NONE = new TableCounts(0, 0, 0, 0);

    TableCounts plusAttempt() {
        return new TableCounts(windows, unloaded, rows, attempts + 1);
    }

    TableCounts plus(TableCounts more) {
        return new TableCounts(
                windows + more.windows, unloaded + more.unloaded, rows + more.rows, attempts + more.attempts);
    }

    TableCounts plus(ReadWindow window) {
        return new TableCounts(
                windows + 1,
                unloaded + (window.unloaded() ? 1 : 0),
                rows + window.written().rows(),
                attempts);
    }
}
