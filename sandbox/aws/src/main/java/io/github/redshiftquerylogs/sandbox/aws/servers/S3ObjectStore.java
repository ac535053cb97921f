package io.github.redshiftquerylogs.sandbox.aws.servers;

import io.github.redshiftquerylogs.sandbox.unload.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 as the target of UNLOAD. */
public record S3ObjectStore(S3Client s3) implements ObjectStore {

    private static final int ATTEMPTS = 3;

    @Override
    public boolean holdsAny(String bucket, String keyPrefix) throws IOException {
        try {
            return !s3.listObjectsV2(
                            list -> list.bucket(bucket).prefix(keyPrefix).maxKeys(1))
                    .contents()
                    .isEmpty();
        } catch (SdkException e) {
            throw refused(e);
        }
    }

    /** {@inheritDoc} Repeated after a broken connection; the result is the same object. */
    @Override
    public void put(String bucket, String key, Path content) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                s3.putObject(put -> put.bucket(bucket).key(key), content);
                return;
            } catch (SdkException e) {
                throw refused(e);
            } catch (UncheckedIOException e) {
                // the server has just closed a kept connection; the SDK does not retry that
                if (attempt == ATTEMPTS) {
                    throw new IOException("cannot write to s3://" + bucket + "/" + key, e);
                }
            }
        }
    }

    /** The error in Redshift's words. */
    private static IOException refused(SdkException e) {
        if (e instanceof S3Exception s3 && s3.awsErrorDetails() != null) {
            String code = s3.awsErrorDetails().errorCode();
            return new IOException(
                    "S3ServiceException:" + s3.awsErrorDetails().errorMessage() + ",Status " + s3.statusCode()
                            + ",Error " + code,
                    e);
        }
        return new IOException(String.valueOf(e.getMessage()), e);
    }
}
