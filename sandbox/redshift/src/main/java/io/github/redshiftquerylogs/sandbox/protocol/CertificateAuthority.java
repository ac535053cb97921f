package io.github.redshiftquerylogs.sandbox.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Issues certificates for stand-ins, with the {@code keytool} of this JDK, and has the trust store of clients that trust
 * them. On AWS this is Amazon's certificate authority, which every JDK trusts. Immutable.
 */
public final class CertificateAuthority {

    private static final String ALIAS = "authority";
    private static final String SERVER = "redshift";
    private static final String VALID_DAYS = "365";

    private final Path keys;
    private final Path trustStore;

    private CertificateAuthority(Path keys, Path trustStore) {
        this.keys = keys;
        this.trustStore = trustStore;
    }

    /**
     * Creates an authority; takes about half a second.
     *
     * @param folder for its key and the trust store; created if absent
     * @throws IllegalStateException if {@code keytool} fails, with its output
     */
    public static CertificateAuthority create(Path folder) {
        Path keys = folder.toAbsolutePath().resolve("authority-keys.p12");
        Path trust = folder.toAbsolutePath().resolve("redshift-trust.jks");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(keys);
            generate(keys, ALIAS, "CN=sandbox", List.of("-ext", "bc:c", "-validity", VALID_DAYS));
            // JKS: the driver reads such a store without a further password
            KeyStore trusted = KeyStore.getInstance("JKS");
            trusted.load(null, password());
            trusted.setCertificateEntry(ALIAS, open(keys).getCertificate(ALIAS));
            try (OutputStream out = Files.newOutputStream(trust)) {
                trusted.store(out, password());
            }
            return new CertificateAuthority(keys, trust);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a certificate in " + folder, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a certificate in " + folder, e);
        }
    }

    /**
     * A server's key with a certificate for one name, valid for a year from now; takes about half a second.
     *
     * @param name as keytool spells it, such as {@code ip:127.0.0.1} or {@code dns:orders.example.com}
     */
    public TlsIdentity issue(String name) {
        return issue(name, List.of("-validity", VALID_DAYS));
    }

    /** Like {@link #issue}, but the certificate expired five days ago. */
    public TlsIdentity issueExpired(String name) {
        return issue(name, List.of("-startdate", "-10d", "-validity", "5"));
    }

    private TlsIdentity issue(String name, List<String> validity) {
        Path copy = keys.resolveSibling("redshift-keys.p12");
        try {
            Files.deleteIfExists(copy);
            Files.copy(keys, copy);
            List<String> options = new ArrayList<>(List.of("-signer", ALIAS, "-ext", "san=" + name));
            options.addAll(validity);
            generate(copy, SERVER, "CN=" + name.substring(name.indexOf(':') + 1), options);
            KeyStore own = open(copy);
            own.deleteEntry(ALIAS);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(own, password());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return new TlsIdentity(context.getSocketFactory(), trustStore);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot issue a certificate with " + keys, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot issue a certificate with " + keys, e);
        }
    }

    /** The value of {@code -Djavax.net.ssl.trustStore} for a JVM that trusts this authority and nothing else. */
    public Path trustStore() {
        return trustStore;
    }

    private static KeyStore open(Path store) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(store.toFile(), password());
    }

    private static char[] password() {
        return TlsIdentity.STORE_PASSWORD.toCharArray();
    }

    private static void generate(Path store, String alias, String name, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                name,
                "-storetype",
                "PKCS12",
                "-storepass",
                TlsIdentity.STORE_PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(options);
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
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
}
