package io.github.redshiftquerylogs.orchestrator.call;

import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Makes calls by the SDK and translates its exceptions to {@link CallFailure}. */
public final class SdkCalls {

    private SdkCalls() {}

    /**
     * Makes a call once.
     *
     * @throws CallFailedException in place of any exception of the SDK
     */
    public static <T> T make(Operation operation, Supplier<T> call) throws CallFailedException {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            throw new CallFailedException(
                    CallFailure.answered(
                            operation,
                            e.statusCode(),
                            // a response of something else than the service, such as a proxy, has neither
                            Objects.requireNonNullElse(e.awsErrorDetails().errorCode(), "no error code"),
                            Objects.requireNonNullElse(e.awsErrorDetails().errorMessage(), "no message"),
                            e.isThrottlingException()),
                    e);
        } catch (SdkClientException e) {
            String cause = String.valueOf(e.getMessage());
            throw new CallFailedException(
                    neverSent(e) ? CallFailure.notSent(operation, cause) : CallFailure.lost(operation, cause), e);
        }
    }

    /** Whether the connection failed, so that the service has not got the request. */
    static boolean neverSent(SdkClientException e) {
        return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException);
    }
}
