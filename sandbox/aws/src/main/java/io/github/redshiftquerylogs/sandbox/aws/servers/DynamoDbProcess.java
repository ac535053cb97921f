package io.github.redshiftquerylogs.sandbox.aws.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** AWS's own DynamoDB Local, in memory; {@link #uri} is the value of {@code AWS_ENDPOINT_URL_DYNAMODB}. */
public final class DynamoDbProcess extends ServerProcess {

    private static final Server SERVER = new Server(
            "DynamoDB Local",
            "dynamodb",
            "io.github.redshiftquerylogs.sandbox.dynamodb.DynamoDbServer",
            List.of(),
            "256m",
            Duration.ofSeconds(60));

    private DynamoDbProcess(Path workFolder) {
        super(SERVER, workFolder, Map.of());
    }

    /**
     * Starts the server and waits until it is ready.
     *
     * @param workFolder for its log {@code dynamodb.log} and its temporary files
     * @throws IllegalStateException if it does not start, with the end of its log
     */
    public static DynamoDbProcess start(Path workFolder) {
        return new DynamoDbProcess(workFolder);
    }
}
