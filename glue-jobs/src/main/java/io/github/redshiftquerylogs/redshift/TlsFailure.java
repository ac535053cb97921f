package io.github.redshiftquerylogs.redshift;

import com.amazon.redshift.util.GT;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reasons for which a connection is not protected by TLS as it should be, told from the driver's exception; pure. The driver
 * reports all of them as a connection that failed.
 */
enum TlsFailure {
    /** The server answers that it has no TLS; so would somebody who strips it. */
    MISSING("the server has no TLS: expected a cluster that encrypts, as every Redshift cluster does; if the server is"
            + " one, something between the job and the cluster removes TLS. Only for a server that cannot encrypt:"
            + " ssl=false in the URL of your own Glue connection"),
    NAME("the certificate of the server is for another host name: expected the cluster's own endpoint in the URL of the"
            + " Glue connection; if the cluster is reached by another name (CNAME, load balancer), set"
            + " sslmode=verify-ca in the URL of your own Glue connection, which checks the issuer alone"),
    VALIDITY(
            "the certificate of the server has expired or is not valid yet: expected a valid one, and a clock of the job"
                    + " that is right; if the server is your own proxy or load balancer, renew its certificate"),
    ISSUER(
            "the certificate of the server is not from an issuer that the job trusts: expected Amazon's certificate; if the"
                    + " server is your own proxy or load balancer, set sslRootCert to its issuer's certificate in the URL of your"
                    + " own Glue connection"),
    HANDSHAKE("the server and the job could not agree on TLS: expected a server with TLS 1.2 or newer");

    /** Keys of the driver's messages, which it translates to the language of the platform. */
    private static final String NO_TLS = "The server does not support SSL.";

    private static final String WRONG_NAME = "The hostname {0} could not be verified by hostnameverifier {1}.";
    private static final String VERIFIER = "RedshiftjdbcHostnameVerifier";

    private final String text;

    TlsFailure(String text) {
        this.text = text;
    }

    /**
     * The reason of a failed connection; empty if it has nothing to do with TLS.
     *
     * @param host the host of the address
     */
    static Optional<TlsFailure> of(SQLException failure, String host) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains(GT.tr(NO_TLS))) {
            return Optional.of(MISSING);
        }
        if (message.contains(GT.tr(WRONG_NAME, host, VERIFIER))) {
            return Optional.of(NAME);
        }
        boolean ofTls = false;
        boolean ofCertificate = false;
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (isOfValidity(cause)) {
                return Optional.of(VALIDITY);
            }
            ofCertificate |= cause instanceof GeneralSecurityException;
            ofTls |= cause instanceof SSLException;
            cause = cause.getCause();
        }
        return ofCertificate ? Optional.of(ISSUER) : ofTls ? Optional.of(HANDSHAKE) : Optional.empty();
    }

    private static boolean isOfValidity(Throwable cause) {
        return cause instanceof CertificateExpiredException
                || cause instanceof CertificateNotYetValidException
                || (cause instanceof CertPathValidatorException path
                        && (path.getReason() == BasicReason.EXPIRED || path.getReason() == BasicReason.NOT_YET_VALID));
    }

    /** What is wrong, and what is expected. */
    String text() {
        return text;
    }
}
