package io.github.redshiftquerylogs.lake;

/**
 * The rows of a window that the lake does not have yet.
 *
 * @param written their files
 * @param repeatedIds the query ids of the window that the lake has rows of already
 * @param leftOut rows of these ids that are in the lake already
 * @param added rows of these ids that are new
 */
public record NewRows(WrittenFiles written, long repeatedIds, long leftOut, long added) {

    static NewRows all(WrittenFiles written) {
        return new NewRows(written, 0, 0, 0);
    }
}
