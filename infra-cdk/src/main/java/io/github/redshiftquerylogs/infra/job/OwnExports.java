package io.github.redshiftquerylogs.infra.job;

import io.github.redshiftquerylogs.infra.foundation.DeployHandler;
import io.github.redshiftquerylogs.infra.lake.Storage;
import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/**
 * The declarations of own exports, uploaded by {@code handlers/exports}. Its function is the only part of the stack that may
 * write to their folder, because what lies there runs as SQL at the clusters.
 */
public final class OwnExports extends Construct {

    private static final String ENDING = ".yaml";

    private final DeployHandler upload;

    /**
     * Uploads the files of a folder.
     *
     * @param folder a folder of this machine
     * @param handlers the folder of all handlers
     * @throws IllegalStateException if the folder has no declarations
     */
    public OwnExports(
            Construct scope, String id, Path folder, Path handlers, Storage storage, RetentionDays retention) {
        super(scope, id);
        List<Asset> assets = declarations(folder).stream()
                .map(file -> Asset.Builder.create(this, file.getFileName().toString())
                        .path(file.toString())
                        .build())
                .toList();
        List<Map<String, String>> files = assets.stream()
                .map(asset -> Map.of(
                        "Name",
                        asset.getNode().getId(),
                        "Bucket",
                        asset.getS3BucketName(),
                        "Key",
                        asset.getS3ObjectKey()))
                .toList();
        upload = new DeployHandler(
                this,
                "Upload",
                handlers.resolve("exports"),
                retention,
                rights(storage, assets),
                Map.of("Bucket", storage.bucket().getBucketName(), "Folder", Storage.OWN_EXPORTS, "Files", files));
    }

    /** The custom resource that uploads the files. */
    public DeployHandler upload() {
        return upload;
    }

    private static List<Path> declarations(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of()) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("exports = '" + folder + "': expected a folder with files *" + ENDING
                        + ", in " + Path.of("").toAbsolutePath() + " unless the path is absolute");
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the declarations in " + folder, e);
        }
    }

    private static List<Allow> rights(Storage storage, List<Asset> assets) {
        String bucket = storage.bucket().getBucketArn();
        return List.of(
                Allow.of(
                        "ReadAssets",
                        List.of("s3:GetObject"),
                        assets.stream()
                                .map(asset -> Target.of(asset.getBucket().arnForObjects(asset.getS3ObjectKey())))
                                .toList()),
                Allow.of(
                        "WriteOwnExports",
                        List.of("s3:PutObject", "s3:DeleteObject"),
                        List.of(Target.wildcard(bucket + "/" + Storage.OWN_EXPORTS + "/*", "own exports"))),
                Allow.of(
                        "ListOwnExports",
                        List.of("s3:ListBucket"),
                        List.of(Target.of(bucket)),
                        Allow.when("StringEquals", "s3:prefix", Storage.OWN_EXPORTS + "/")));
    }
}
