package io.github.redshiftquerylogs.unload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.failure.UnloadException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UnloadManifestTest {

    private static final String PLACE = "s3://bucket/temp/";

    /** As in https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD_command_examples.html. */
    private static final String MANIFEST = """
            {"entries": [
              {"url": "s3://bucket/temp/0000_part_00.parquet", "meta": {"content_length": 1024, "record_count": 2}},
              {"url": "s3://bucket/temp/0001_part_00.parquet", "meta": {"content_length": 512, "record_count": 1}}],
             "schema": {"elements": [{"name": "venueid", "type": {"base": "integer"}}]},
             "meta": {"content_length": 1536, "record_count": 3},
             "author": {"name": "Amazon Redshift", "version": "1.0.0"}}
            """;

    @Test
    void filesAndTheirRowsAreReadInOrder() {
        UnloadManifest manifest = UnloadManifest.parse(MANIFEST, PLACE);
        assertThat(manifest.files())
                .containsExactly(
                        new UnloadManifest.File("s3://bucket/temp/0000_part_00.parquet", 2),
                        new UnloadManifest.File("s3://bucket/temp/0001_part_00.parquet", 1));
        assertThat(manifest.rows()).isEqualTo(3);
    }

    @Test
    void manifestWithoutFilesIsOneWithoutRows() {
        UnloadManifest manifest = UnloadManifest.parse("{\"entries\": [], \"meta\": {\"record_count\": 0}}", PLACE);
        assertThat(manifest).isEqualTo(UnloadManifest.NOTHING);
        assertThat(manifest.parts(10)).isEmpty();
    }

    @Test
    void inconsistentManifestIsRefused() {
        refused(MANIFEST.replace("\"record_count\": 3", "\"record_count\": 4"), "its files have 3 rows, it says 4");
        refused(MANIFEST.replace("\"record_count\": 2", "\"record_count\": -2"), "it lacks a number of rows");
        refused(MANIFEST.replace("\"record_count\": 2", "\"record_count\": \"2\""), "it lacks a number of rows");
        refused(MANIFEST.replace("0001_part", "0000_part"), "it has the file 's3://bucket/temp/0000_part_00.parquet'");
        refused(
                MANIFEST.replace("temp/0001", "other/0001"),
                "it has the file 's3://bucket/other/0001_part_00.parquet'");
        refused("{}", "it lacks a number of rows: expected meta.record_count, as MANIFEST VERBOSE writes it");
        refused("{", "it is no JSON");
    }

    private static void refused(String json, String why) {
        assertThatThrownBy(() -> UnloadManifest.parse(json, PLACE))
                .isInstanceOf(UnloadException.class)
                .hasMessageStartingWith("the manifest of " + PLACE + " cannot be trusted: ")
                .hasMessageContaining(why);
    }

    @Test
    void smallFilesAreReadTogetherAndLargeOnesAlone() {
        assertThat(parts(10, 1, 2, 3)).containsExactly(List.of(1L, 2L, 3L));
        assertThat(parts(10, 20, 5, 6, 1)).containsExactly(List.of(20L), List.of(5L, 6L), List.of(1L));
        assertThat(parts(10, 4, 6, 10, 1)).containsExactly(List.of(4L, 6L), List.of(10L), List.of(1L));
        assertThat(parts(10)).isEmpty();
    }

    private static List<List<Long>> parts(long rowsEach, long... rows) {
        UnloadManifest manifest = new UnloadManifest(LongStream.of(rows)
                .mapToObj(count -> new UnloadManifest.File(PLACE + count, count))
                .toList());
        return manifest.parts(rowsEach).stream()
                .map(part -> part.stream().map(UnloadManifest.File::rows).toList())
                .toList();
    }
}
