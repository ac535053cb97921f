package io.github.redshiftquerylogs.redshift;

import java.io.Serializable;
import software.amazon.awssdk.core.SdkClient;

/**
 * Makes clients of a service, wherever it is needed: clients themselves do not travel to Spark tasks. Those that travel
 * from the packaged job are classes, not lambdas: a serialized lambda has names of classes in it that relocation misses.
 *
 * @param <C> the client
 */
@FunctionalInterface
public interface ServiceClient<C extends SdkClient> extends Serializable {

    /** A new client, to be closed by whoever asks for it. */
    C create();
}
