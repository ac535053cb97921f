package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When there is nothing to gain by rewriting a day. */
class DayFilesTest {

    private static final long MB = 1L << 20;

    @ParameterizedTest(name = "{0} files of {1} MB together, deletes {2}, in order {3}: {4}")
    @CsvSource({
        "1, 0, false, true, true",
        "1, 900, false, true, true",
        "2, 128, false, true, false",
        "2, 129, false, true, true",
        "2, 300, false, true, true",
        "2, 300, false, false, false",
        "3, 256, false, true, false",
        "4, 1024, false, true, true",
        "9, 1024, false, true, false",
        "1, 10, true, true, false",
    })
    void fewLargeFilesInOrderAreCompact(int count, long size, boolean deletes, boolean inOrder, boolean compact) {
        assertThat(new DayFiles(count, size * MB, 1_000, deletes, inOrder).isCompact())
                .isEqualTo(compact);
    }
}
