package io.github.redshiftquerylogs.settings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rules for a location in S3, {@code s3://bucket} or {@code s3://bucket/prefix}; pure. Stricter than S3 where a character
 * or a segment has a meaning to something that the location passes through:
 *
 * <ul>
 *   <li>Iceberg ends a location at {@code ?} and {@code #}, so what follows would be read, and deleted, elsewhere.
 *   <li>Glue ends a Spark setting at a blank.
 *   <li>Hadoop and HTTP clients resolve {@code .} and {@code ..}, and expand braces, brackets and asterisks.
 *   <li>SQL and DDL put a location between quotes.
 * </ul>
 */
final class S3Location {

    static final String EXPECTED = "an S3 location such as s3://bucket/prefix, without '?', '#' and blanks";

    /** S3's limit for a key is 1,024 bytes; the rest is left to the folders and files below a location. */
    static final int LONGEST_KEY = 768;

    private static final String SCHEME = "s3://";
    private static final Pattern BUCKET_CHARACTERS = Pattern.compile("[a-z0-9][a-z0-9.-]*[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    /** Reserved by S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
    private static final List<String> RESERVED_PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");

    private static final List<String> RESERVED_SUFFIXES =
            List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");
    private static final String REFUSED_CHARACTERS = "?#'\"`\\{}[]*^%<>~|";

    private S3Location() {}

    /** Why a text is not such a location; empty if it is one. A reason completes {@link #EXPECTED}. */
    static Optional<String> objection(String location) {
        if (!location.startsWith(SCHEME)) {
            return Optional.of("it does not begin with s3://");
        }
        String path = withoutSlashAtEnd(location.substring(SCHEME.length()));
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        return bucketObjection(bucket).or(() -> slash < 0 ? Optional.empty() : keyObjection(path.substring(slash + 1)));
    }

    /** The location without the slash at its end, if there is one. */
    static String withoutSlashAtEnd(String location) {
        return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    }

    /** Whether one of two locations, without slashes at their ends, is the other one or lies in it. */
    static boolean overlap(String one, String other) {
        return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
    }

    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
    private static Optional<String> bucketObjection(String bucket) {
        if (bucket.length() < 3 || bucket.length() > 63) {
            return Optional.of("the name of a bucket has 3 to 63 characters");
        }
        if (!BUCKET_CHARACTERS.matcher(bucket).matches()) {
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

    private static Optional<String> keyObjection(String key) {
        for (String segment : key.split("/", -1)) {
            if (segment.isEmpty()) {
                return Optional.of("it has two slashes in a row");
            }
            if (segment.equals(".") || segment.equals("..")) {
                return Optional.of("it has a segment '" + segment + "'");
            }
        }
        Optional<String> refused = key.chars()
                .filter(character -> character == ' ' || REFUSED_CHARACTERS.indexOf(character) >= 0)
                .mapToObj(character ->
                        "it contains " + (character == ' ' ? "a blank" : "the character " + (char) character))
                .findFirst()
                .or(() -> ParameterText.invisible(key).map(character -> "it contains " + character));
        if (refused.isPresent()) {
            return refused;
        }
        return key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY
                ? Optional.of(
                        "it has more than " + LONGEST_KEY + " bytes after the bucket, which leaves too little of the"
                                + " 1,024 of a key in S3 to the files below it")
                : Optional.empty();
    }
}
