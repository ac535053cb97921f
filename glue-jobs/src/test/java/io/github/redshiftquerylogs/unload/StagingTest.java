package io.github.redshiftquerylogs.unload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Staging is removed by a prefix: it must never be one of other files, such as the lake's. */
class StagingTest {

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake/data#temp/c/", "s3://lake/?temp/c/", "s3://lake/temp/c/1"})
    void locationWhosePrefixMayMatchOtherFilesIsRefused(String location) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Staging(new InMemoryFileIO(), location))
                .withMessageContaining("staging '" + location + "': expected");
    }

    @Test
    void otherOddLettersAreNone() {
        String location = "s3://lake/temp'dir 1%23&=/c/";
        assertThat(new Staging(new InMemoryFileIO(), location).location()).isEqualTo(location);
    }
}
