package io.github.redshiftquerylogs.export;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** The Region of the bucket that a cluster unloads to. */
final class BucketRegion {

    private static final Logger LOG = LoggerFactory.getLogger(BucketRegion.class);
    private static final String SCHEME = "s3://";

    private BucketRegion() {}

    /**
     * The Region of the bucket, if it is another one than that of the cluster, which UNLOAD has to be told then. Empty if S3 does
     * not say it: UNLOAD itself reports a bucket that it cannot find.
     *
     * @param tempdir the target, {@code s3://bucket/prefix}
     * @param cluster the Region of the cluster; empty if its address does not tell, and then it is that of the client
     */
    static Optional<String> elsewhere(S3Client s3, String tempdir, Optional<String> cluster) {
        String bucket = tempdir.substring(SCHEME.length()).replaceFirst("/.*", "");
        String here =
                cluster.orElseGet(() -> s3.serviceClientConfiguration().region().id());
        try {
            return Optional.of(region(s3.getBucketLocation(location -> location.bucket(bucket))
                            .locationConstraintAsString()))
                    .filter(region -> !region.equals(here));
        } catch (SdkException e) {
            LOG.warn("the Region of bucket {} is not known, UNLOAD takes it for the cluster's", bucket, e);
            return Optional.empty();
        }
    }

    /** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html. */
    private static String region(String constraint) {
        if (constraint == null || constraint.isEmpty()) {
            return "us-east-1";
        }
        return constraint.equals("EU") ? "eu-west-1" : constraint;
    }
}
