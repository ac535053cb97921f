package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.sandbox.protocol.CertificateAuthority;
import io.github.redshiftquerylogs.sandbox.protocol.TlsIdentity;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that a job must not send a password to. The URL of a connection that the Lambda creates has no options; that of
 * one's own connection may have some.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@ResourceLock(Resources.LOCALE)
class JdbcSourceTlsTest {

    private static final String USER = "exporter";
    private static final String PASSWORD = "Passw0rd";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String HERE = "ip:127.0.0.1";

    @TempDir
    private static Path folder;

    @AutoClose
    private static final EmbeddedRedshift PLAIN = EmbeddedRedshift.recycled("plain", USER, PASSWORD);

    @AutoClose
    private static final EmbeddedRedshift ENCRYPTED = EmbeddedRedshift.recycled("encrypted", USER, PASSWORD);

    private static CertificateAuthority trusted;
    private static TlsIdentity right;
    private static TlsIdentity ofAnotherName;
    private static TlsIdentity expired;
    private static TlsIdentity ofAnotherIssuer;

    @BeforeAll
    static void issueCertificates() {
        trusted = CertificateAuthority.create(folder.resolve("trusted"));
        right = trusted.issue(HERE);
        ofAnotherName = trusted.issue("dns:orders.example.com");
        expired = trusted.issueExpired(HERE);
        ofAnotherIssuer = TlsIdentity.create(folder.resolve("other"));
        System.setProperty(TRUST_STORE, trusted.trustStore().toString());
    }

    @AfterAll
    static void forget() {
        System.clearProperty(TRUST_STORE);
    }

    /** The negative control of all refusals: the right name, the right issuer, a valid certificate. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?ssl=true", ";sslmode=verify-full"})
    void rightCertificateIsAcceptedWithoutANote(String options) {
        ENCRYPTED.speakTls(right);
        JdbcSource source = source(ENCRYPTED, options);

        try (SourceSession session = source.open("test")) {
            assertThat(session.clock()).isNotNull();
        }
        assertThat(source.begin()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?ssl=true", "?sslmode=verify-full"})
    void certificateOfAnotherNameIsRefusedWithTheOptionForIt(String options) {
        ENCRYPTED.speakTls(ofAnotherName);

        assertRefused(ENCRYPTED, options)
                .withMessageContaining("the certificate of the server is for another host name")
                .withMessageContaining("(CNAME, load balancer), set sslmode=verify-ca in the URL");
    }

    @Test
    void messagesAreRecognisedInTheLanguageOfThePlatform() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            certificateOfAnotherNameIsRefusedWithTheOptionForIt("");
            clusterWithoutTlsIsRefused("");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?sslmode=verify-ca"})
    void certificateOfAnotherIssuerIsRefused(String options) {
        ENCRYPTED.speakTls(ofAnotherIssuer);

        assertRefused(ENCRYPTED, options)
                .withMessageContaining("the certificate of the server is not from an issuer that the job trusts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?sslmode=verify-ca"})
    void expiredCertificateIsRefused(String options) {
        ENCRYPTED.speakTls(expired);

        assertRefused(ENCRYPTED, options)
                .withMessageContaining("the certificate of the server has expired or is not valid yet");
    }

    /** The server answers N, as it would if somebody stripped TLS. The name of a database is no option. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?sslmode=verify-ca", "other:/ssl_logs", "other:/ssl=false"})
    void clusterWithoutTlsIsRefused(String options) {
        assertRefused(PLAIN, options).withMessageContaining("the server has no TLS: expected a cluster that encrypts");
    }

    /** What one's own connection gives up works, and is said. */
    @ParameterizedTest
    @CsvSource({
        "?sslmode=verify-ca, sslmode=verify-ca: the host name in the cluster's certificate is not checked",
        "?ssl=false, ssl=false: the connection is not encrypted"
    })
    void weakerModesConnectWithANote(String options, String note) {
        ENCRYPTED.speakTls(ofAnotherName);
        JdbcSource source = source(ENCRYPTED, options);

        try (SourceSession session = source.open("test")) {
            assertThat(session.clock()).isNotNull();
        }
        assertThat(source.begin()).singleElement().asString().contains(note);
    }

    /** A cluster that is not there has nothing to do with TLS. */
    @Test
    void unreachableClusterIsStillSaidToBe() {
        EmbeddedRedshift gone = EmbeddedRedshift.recycled("gone", USER, PASSWORD);
        gone.close();

        assertRefused(gone, "").withMessageContaining("expected a cluster that runs (is not paused)");
    }

    private static ThrowableAssertAlternative<SourceException> assertRefused(
            EmbeddedRedshift redshift, String options) {
        return assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> source(redshift, options).open("test").close())
                .satisfies(failure -> assertThat(failure.category()).isEqualTo(FailureCategory.NETWORK))
                .satisfies(failure -> assertThat(failure.isOfStatement()).isFalse())
                .withMessageContaining("cannot connect to 127.0.0.1:");
    }

    /** @param options of the URL, or {@code other:} and another database */
    private static JdbcSource source(EmbeddedRedshift redshift, String options) {
        String url = redshift.jdbcUrl().replace("?ssl=false", "");
        return JdbcSource.withPassword(
                new StatementName(new ClusterName("orders"), "run"),
                new JdbcAddress(
                        options.startsWith("other:")
                                ? url.substring(0, url.lastIndexOf('/')) + options.substring("other:".length())
                                : url + options),
                new DatabaseCredentials(USER, PASSWORD),
                Duration.ofMinutes(1));
    }
}
