package io.github.redshiftquerylogs.redshift;

import java.io.Serializable;
import software.amazon.awssdk.core.SdkClient;

/**
 * Creates clients of a service. Clients cannot be serialized, so Spark tasks get a factory. In the packaged job it must
 * be a class, not a lambda: serialized lambdas contain class names that relocation misses.
 *
 * @param <C> the client
 */
@FunctionalInterface
public interface ServiceClient<C extends SdkClient> extends Serializable {

    /** Creates a client; the caller closes it. */
    C create();
}
