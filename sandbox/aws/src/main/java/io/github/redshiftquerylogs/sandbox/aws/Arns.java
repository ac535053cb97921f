package io.github.redshiftquerylogs.sandbox.aws;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** ARNs of the local account and Region. */
final class Arns {

    private static final String REGION = "eu-central-1";
    private static final String ACCOUNT = "000000000000";

    private Arns() {}

    static String of(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    /** The same for the same name. */
    static String uuidOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
