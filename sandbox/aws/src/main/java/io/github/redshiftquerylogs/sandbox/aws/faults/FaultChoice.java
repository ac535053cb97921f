package io.github.redshiftquerylogs.sandbox.aws.faults;

import java.util.Optional;

/** Decides which requests suffer. */
@FunctionalInterface
public interface FaultChoice {

    /**
     * The fault of a request; empty if it passes unharmed.
     *
     * @param service as in its signature, such as {@code dynamodb}
     * @param operation such as {@code PutItem}; for S3 the HTTP method
     * @param number of the request among those to the service, from 0
     */
    Optional<Fault> fault(String service, String operation, long number);
}
