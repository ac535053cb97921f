package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.selection.KnownExports;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3FolderTest {

    private static final String FOLDER = "s3://my.bucket.2024/code/exports/own";

    private final Objects s3 = new Objects();

    private KnownExports read() {
        return S3Folder.add(KnownExports.of(List.of()), s3, FOLDER);
    }

    private void put(String name) {
        s3.objects.put("code/exports/own/" + name + ".yaml", """
                name: %s
                log_time_rule: saletime
                key: [a]
                reread: true
                sql: select saletime as log_time, a from t where saletime > :from and saletime <= :to
                columns: [{name: a, type: integer}]
                """.formatted(name));
    }

    @Test
    void filesOfAllPagesAreRead() {
        put("own_a");
        put("own_b");
        put("own_c");
        s3.objects.put("code/exports/own", "a file of the folder's name");
        s3.objects.put("code/exports/owners/own_d.yaml", "of another folder");
        KnownExports known = read();
        assertThat(known.declarations()).extracting(ExportDeclaration::name).containsExactly("own_a", "own_b", "own_c");
        assertThat(known.broken()).isEmpty();
        assertThat(known.complete()).isTrue();
        assertThat(s3.asked).hasSize(3).allMatch(bucket -> bucket.equals("my.bucket.2024"));
    }

    @Test
    void emptyFolderIsANote() {
        assertThat(read().note()).contains("there is no own export in " + FOLDER + ": expected files *.yaml in it");
        assertThat(read().complete()).isTrue();
    }

    @Test
    void folderThatCannotBeListedLeavesTheOtherExports() {
        s3.denied = true;
        KnownExports known = read();
        assertThat(known.complete()).isFalse();
        assertThat(known.note())
                .contains("own exports were not exported, because " + FOLDER + " could not be read: Access Denied");
    }

    @Test
    void fileThatCannotBeReadIsBrokenAlone() {
        put("own_a");
        put("own_lost");
        KnownExports known = read();
        assertThat(known.declarations()).extracting(ExportDeclaration::name).containsExactly("own_a");
        assertThat(known.broken()).containsOnlyKeys("own_lost");
        assertThat(known.broken().get("own_lost"))
                .isEqualTo("own_lost.yaml: cannot be read: the connection was reset: expected a readable file");
    }

    /** Lists one object a page. */
    private static final class Objects implements S3Client {

        private final Map<String, String> objects = new TreeMap<>();
        private final List<String> asked = new ArrayList<>();
        private boolean denied;

        @Override
        public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
            if (denied) {
                throw S3Exception.builder().message("Access Denied").build();
            }
            asked.add(request.bucket());
            List<String> keys = objects.keySet().stream()
                    .filter(key -> key.startsWith(request.prefix()))
                    .toList();
            int page = request.continuationToken() == null ? 0 : Integer.parseInt(request.continuationToken());
            boolean more = page + 1 < keys.size();
            return ListObjectsV2Response.builder()
                    .contents(keys.stream()
                            .skip(page)
                            .limit(1)
                            .map(key -> S3Object.builder()
                                    .key(key)
                                    .size((long) objects.getOrDefault(key, "").length())
                                    .build())
                            .toList())
                    .isTruncated(more)
                    .nextContinuationToken(more ? Integer.toString(page + 1) : null)
                    .build();
        }

        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            if (request.key().contains("lost")) {
                throw SdkClientException.create("the connection was reset");
            }
            try {
                return transformer.transform(
                        GetObjectResponse.builder().build(),
                        AbortableInputStream.create(new ByteArrayInputStream(
                                objects.getOrDefault(request.key(), "").getBytes(StandardCharsets.UTF_8))));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
