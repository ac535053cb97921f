package io.github.redshiftquerylogs.redshift;

import java.io.Serializable;
import software.amazon.awssdk.core.SdkClient;

/**
 * Makes clients of a service, wherever it is needed: clients themselves do not travel to Spark tasks.
 *
 * @param <C> the client
 */
@FunctionalInterface
public interface ServiceClient<C extends SdkClient> extends Serializable {

    /** A new client, to be closed by whoever asks for it. */
    C create();
}
