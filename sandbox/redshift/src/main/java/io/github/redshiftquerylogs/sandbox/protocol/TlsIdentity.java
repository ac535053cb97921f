package io.github.redshiftquerylogs.sandbox.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * A key, a self-signed certificate for {@code 127.0.0.1} and a trust store for clients, so that stand-ins speak TLS as
 * Redshift does. On AWS the certificate is Amazon's, which every JDK trusts. Immutable.
 */
public final class TlsIdentity {

    /** Not a secret: key stores need a password, and the certificate is for this machine only. */
    public static final String STORE_PASSWORD = "changeit";

    private static final String ALIAS = "redshift";
    private static final String VALID_DAYS = "365";

    private final SSLSocketFactory sockets;
    private final Path trustStore;

    private TlsIdentity(SSLSocketFactory sockets, Path trustStore) {
        this.sockets = sockets;
        this.trustStore = trustStore;
    }

    /**
     * Creates an identity with the {@code keytool} of this JDK; takes about a second.
     *
     * @param folder for the two stores; created if absent
     * @throws IllegalStateException if {@code keytool} fails, with its output
     */
    public static TlsIdentity create(Path folder) {
        Path keys = folder.toAbsolutePath().resolve("redshift-keys.p12");
        Path trust = folder.toAbsolutePath().resolve("redshift-trust.jks");
        char[] password = STORE_PASSWORD.toCharArray();
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(keys);
            generate(keys);
            KeyStore own = KeyStore.getInstance(keys.toFile(), password);
            // JKS: the driver reads such a store without a further password
            KeyStore trusted = KeyStore.getInstance("JKS");
            trusted.load(null, password);
            trusted.setCertificateEntry(ALIAS, own.getCertificate(ALIAS));
            try (OutputStream out = Files.newOutputStream(trust)) {
                trusted.store(out, password);
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(own, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return new TlsIdentity(context.getSocketFactory(), trust);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a certificate in " + folder, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a certificate in " + folder, e);
        }
    }

    private static void generate(Path keys) throws IOException {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        VALID_DAYS,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        STORE_PASSWORD,
                        "-keystore",
                        keys.toString()))
                .redirectErrorStream(true)
                .start();
        keytool.getOutputStream().close();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + said.strip());
            }
        } catch (InterruptedException e) {
            keytool.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool made a key", e);
        }
    }

    /** The value of {@code -Djavax.net.ssl.trustStore} for a JVM that trusts stand-ins and nothing else. */
    public Path trustStore() {
        return trustStore;
    }

    SSLSocketFactory sockets() {
        return sockets;
    }
}
