package io.github.redshiftquerylogs.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;

/** One operation of an AWS JSON service: the request's document in, the reply's document out. */
@FunctionalInterface
interface Operation {

    /**
     * Does it.
     *
     * @throws AwsError if the service refuses
     */
    JsonNode apply(JsonNode request);
}
