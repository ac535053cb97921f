package io.github.redshiftquerylogs.orchestrator.call;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Adds service and endpoint to the text of calls that got no answer, such as {@code Glue cannot be reached at
 * https://glue.eu-central-1.amazonaws.com: Connection refused}. The SDK names neither.
 */
public final class SdkEndpointInterceptor implements ExecutionInterceptor {

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        Optional<SdkHttpRequest> request = context.httpRequest();
        if (!(context.exception() instanceof SdkClientException exception) || request.isEmpty()) {
            return context.exception();
        }
        String text = service(attributes)
                + (SdkCalls.neverSent(exception) ? " cannot be reached at " : " gave no usable answer at ")
                + endpoint(request.get()) + ": " + exception.getMessage();
        return SdkClientException.create(text, exception);
    }

    private static String service(ExecutionAttributes attributes) {
        @Nullable String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        if (service == null) {
            return "The service";
        }
        return switch (service) {
            case "Ssm" -> "Parameter Store";
            case "DynamoDb" -> "DynamoDB";
            default -> service;
        };
    }

    private static String endpoint(SdkHttpRequest request) {
        boolean usual = request.port() == (request.protocol().equals("https") ? 443 : 80);
        return request.protocol() + "://" + request.host() + (usual ? "" : ":" + request.port());
    }
}
