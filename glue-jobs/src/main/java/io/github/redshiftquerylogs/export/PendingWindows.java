package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.transfer.ReadWindow;
import io.github.redshiftquerylogs.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows that were read and are not committed yet; they go into one commit. Each begins where the one before ended, so
 * that the watermark can move to the end of the last one.
 */
final class PendingWindows implements AutoCloseable {

    /**
     * One of the windows.
     *
     * @param window its bounds
     * @param read its rows
     * @param time how long it took
     */
    record Part(Window window, ReadWindow read, Duration time) {

        private boolean isEmpty() {
            return read.written().files().isEmpty();
        }
    }

    private final LakeTable table;
    private final List<Part> parts = new ArrayList<>();
    private boolean committed;

    /** @param table the lake's table, which the files belong to */
    PendingWindows(LakeTable table) {
        this.table = table;
    }

    /** @throws IllegalArgumentException if it does not begin where the last one ended: time in between would be skipped */
    void add(Window window, ReadWindow read, Duration time) {
        parts.add(new Part(window, read, time));
        if (parts.size() > 1
                && !window.from().equals(parts.get(parts.size() - 2).window().to())) {
            throw new IllegalArgumentException(window + " does not begin where the window before it ends: expected "
                    + parts.get(parts.size() - 2).window().to());
        }
    }

    /** The last window has other files than were read: without rows that the lake has already. */
    void replaceLast(WrittenFiles files) {
        Part last = last();
        parts.set(
                parts.size() - 1,
                new Part(last.window(), new ReadWindow(files, last.read().staging()), last.time()));
    }

    /** Removes the last window if it has no rows, unless it is the only one; returns whether it did. */
    boolean dropEmptyEnd() {
        if (parts.size() == 1 || !last().isEmpty()) {
            return false;
        }
        parts.remove(parts.size() - 1).read().close();
        return true;
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    private Part last() {
        return parts.get(parts.size() - 1);
    }

    /** From the start of the first window to the end of the last one. */
    Window window() {
        return new Window(parts.get(0).window().from(), last().window().to());
    }

    /** The files of all windows. */
    WrittenFiles written() {
        return WrittenFiles.of(parts.stream().map(part -> part.read().written()).toList());
    }

    /** The files of all windows, for a commit. Whoever commits them deletes those that are not needed. */
    WrittenFiles handOver() {
        committed = true;
        return written();
    }

    /** Deletes the files unless they were handed over for a commit, and the folders of UNLOAD. */
    @Override
    public void close() {
        if (!committed) {
            table.discard(List.of(written()));
        }
        parts.forEach(part -> part.read().close());
    }
}
