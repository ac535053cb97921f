package io.github.redshiftquerylogs.sandbox.aws.servers;

import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The credentials of the local AWS.
 *
 * @param accessKeyId letters and digits only, because DynamoDB Local refuses others
 * @param secretAccessKey the key that requests are signed with
 */
public record LocalCredentials(String accessKeyId, String secretAccessKey) {

    /** The same in all processes, so that a command line can use them too. */
    public static final LocalCredentials DEFAULT = new LocalCredentials("local", "local-secret");

    /** The environment variables that the SDKs read. */
    public Map<String, String> environment() {
        return Map.of("AWS_ACCESS_KEY_ID", accessKeyId, "AWS_SECRET_ACCESS_KEY", secretAccessKey);
    }

    public AwsCredentialsProvider provider() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey));
    }
}
