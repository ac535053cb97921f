package io.github.redshiftquerylogs.sandbox.protocol;

import java.nio.file.Path;
import javax.net.ssl.SSLSocketFactory;

/**
 * A server's key with its certificate, and the trust store for clients, so that stand-ins speak TLS as Redshift does.
 * Immutable.
 */
public final class TlsIdentity {

    /** Not a secret: key stores need a password, and the certificates are for this machine only. */
    public static final String STORE_PASSWORD = "changeit";

    private final SSLSocketFactory sockets;
    private final Path trustStore;

    TlsIdentity(SSLSocketFactory sockets, Path trustStore) {
        this.sockets = sockets;
        this.trustStore = trustStore;
    }

    /**
     * Creates an identity for {@code 127.0.0.1} with an authority of its own; takes about a second.
     *
     * @param folder for the key stores; created if absent
     * @throws IllegalStateException if {@code keytool} fails, with its output
     */
    public static TlsIdentity create(Path folder) {
        return CertificateAuthority.create(folder).issue("ip:127.0.0.1");
    }

    /** The value of {@code -Djavax.net.ssl.trustStore} for a JVM that trusts stand-ins and nothing else. */
    public Path trustStore() {
        return trustStore;
    }

    SSLSocketFactory sockets() {
        return sockets;
    }
}
