package io.github.redshiftquerylogs.sandbox.aws.spark;

import io.github.redshiftquerylogs.sandbox.aws.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** Jars of jobs, fetched from S3 and cached until they change there. */
final class ExtraJars {

    private final S3Client s3;
    private final Path folder;

    ExtraJars(S3Client s3, Path folder) {
        this.s3 = s3;
        this.folder = folder;
    }

    /**
     * Fetches jars.
     *
     * @param uris {@code s3://…}, separated by commas; may be empty
     * @throws software.amazon.awssdk.core.exception.SdkException if one does not exist
     */
    List<Path> fetch(String uris) {
        return Arrays.stream(uris.split(",", -1))
                .map(String::trim)
                .filter(uri -> !uri.isEmpty())
                .map(uri -> fetch(URI.create(uri)))
                .toList();
    }

    private synchronized Path fetch(URI uri) {
        String bucket = uri.getHost();
        String key = uri.getPath().substring(1);
        String version =
                s3.headObject(head -> head.bucket(bucket).key(key)).eTag().replaceAll("[^\\w-]", "");
        Path jar = Folders.create(folder.resolve(version)).resolve(key.substring(key.lastIndexOf('/') + 1));
        if (Files.exists(jar)) {
            return jar;
        }
        Path part = jar.resolveSibling(jar.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            s3.getObject(get -> get.bucket(bucket).key(key), part);
            return Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store " + uri, e);
        }
    }
}
