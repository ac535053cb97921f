package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.DeclarationFolder;
import io.github.redshiftquerylogs.declaration.OwnDeclarations;
import io.github.redshiftquerylogs.selection.KnownExports;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** A folder with own exports in S3. */
final class S3Folder implements DeclarationFolder {

    private static final String SCHEME = "s3://";

    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    /** @param location {@code s3://bucket/prefix} without a trailing slash */
    S3Folder(S3Client s3, String location) {
        this.s3 = s3;
        // not as a URI, which has no host if the last part of the bucket's name begins with a digit
        String path = location.substring(SCHEME.length());
        int slash = path.indexOf('/');
        this.bucket = path.substring(0, slash);
        this.prefix = path.substring(slash + 1) + "/";
    }

    /**
     * Exports with the own ones of a folder. A folder that cannot be read affects no other export.
     *
     * @param location {@code s3://bucket/prefix} without a trailing slash
     */
    static KnownExports add(KnownExports bundled, S3Client s3, String location) {
        try {
            return bundled.with(OwnDeclarations.in(new S3Folder(s3, location)), location);
        } catch (IOException e) {
            return bundled.unread(location, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public SortedMap<String, Long> files() throws IOException {
        SortedMap<String, Long> files = new TreeMap<>();
        try {
            s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
                    .contents()
                    .forEach(object -> files.put(object.key().substring(prefix.length()), object.size()));
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        }
        return files;
    }

    @Override
    public byte[] content(String file) throws IOException {
        try {
            return s3.getObjectAsBytes(get -> get.bucket(bucket).key(prefix + file))
                    .asByteArray();
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
