package io.github.redshiftquerylogs.settings;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
        return BucketName.objection(bucket)
                .or(() -> slash < 0 ? Optional.empty() : keyObjection(path.substring(slash + 1)));
    }

    /** The location without the slash at its end, if there is one. */
    static String withoutSlashAtEnd(String location) {
        return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    }

    /** Whether one of two locations, without slashes at their ends, is the other one or lies in it. */
    static boolean overlap(String one, String other) {
        return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
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
