package io.github.redshiftquerylogs.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rules for the name of a bucket of one's own, without the names that S3 reserves; pure.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
public final class BucketName {

    private static final Pattern CHARACTERS = Pattern.compile("[a-z0-9][a-z0-9.-]*[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final List<String> RESERVED_PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");

    private static final List<String> RESERVED_SUFFIXES =
            List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private BucketName() {}

    /** Why a text is not such a name; empty if it is one. */
    public static Optional<String> objection(String bucket) {
        if (bucket.length() < 3 || bucket.length() > 63) {
            return Optional.of("the name of a bucket has 3 to 63 characters");
        }
        if (!CHARACTERS.matcher(bucket).matches()) {
            return Optional.of(
                    "the name of a bucket has lower-case letters, digits, dots and hyphens only, and a letter"
                            + " or digit at both ends");
        }
        if (bucket.contains("..")) {
            return Optional.of("the name of a bucket has no two dots in a row");
        }
        if (IP_ADDRESS.matcher(bucket).matches()) {
            return Optional.of("the name of a bucket does not look like an IP address");
        }
        return RESERVED_PREFIXES.stream()
                .filter(bucket::startsWith)
                .map(prefix -> "S3 reserves names of buckets that begin with '" + prefix + "'")
                .findFirst()
                .or(() -> RESERVED_SUFFIXES.stream()
                        .filter(bucket::endsWith)
                        .map(suffix -> "S3 reserves names of buckets that end with '" + suffix + "'")
                        .findFirst());
    }
}
