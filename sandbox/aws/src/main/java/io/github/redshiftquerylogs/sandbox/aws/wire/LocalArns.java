package io.github.redshiftquerylogs.sandbox.aws.wire;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** ARNs of the local account and Region. */
public final class LocalArns {

    private static final String REGION = "eu-central-1";
    private static final String ACCOUNT = "000000000000";

    private LocalArns() {}

    /** The ARN of a resource, such as {@code of("glue", "job/a")}. */
    public static String of(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    /** A UUID derived from a name; the same name gives the same UUID. */
    public static String uuidOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
