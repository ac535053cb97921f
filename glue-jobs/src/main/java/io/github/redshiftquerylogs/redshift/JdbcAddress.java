package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SettingsException;
import io.github.redshiftquerylogs.settings.SecretDetector;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDBC address of a cluster.
 *
 * @param url {@code jdbc:redshift://host:port/database}, and options
 * @param otherDatabase a database of the cluster instead of the one in the URL; empty for that one. Apart from the URL, because
 *     its name comes from the cluster and may look like anything, also like credentials
 */
public record JdbcAddress(String url, String otherDatabase) implements Serializable {

    private static final String SCHEME = "jdbc:redshift://";

    private static final Pattern URL =
            Pattern.compile(SCHEME + "(([^\\s/:?;@]+)(?::\\d{1,5})?/[^\\s?;/]+)(?:\\?(.*)|;([^?]*))?");

    /** Such as {@code name.identifier.region.redshift.amazonaws.com}. */
    private static final Pattern ENDPOINT = Pattern.compile(
            ".+\\.([a-z]{2}(?:-[a-z]+)+-\\d)\\.redshift(?:-serverless)?\\.amazonaws\\.com(?:\\.cn)?",
            Pattern.CASE_INSENSITIVE);

    /** @throws SettingsException if the URL is malformed, contains credentials, or has an option that is not accepted */
    public JdbcAddress {
        if (SecretDetector.addressMayContainSecret(url)) {
            throw new SettingsException(
                    "the JDBC URL (not shown) has credentials in it, or a text that looks like them:"
                            + " expected them in the parameters of the cluster alone");
        }
        if (!URL.matcher(url).matches()) {
            // the value is not shown: a malformed one may contain a password
            throw new SettingsException("illegal JDBC URL (not shown): expected jdbc:redshift://host:port/database");
        }
        options(url);
    }

    /** The address of the database in the URL. */
    public JdbcAddress(String url) {
        this(url, "");
    }

    /** Host, port and database, without options. */
    public String location() {
        String location = parts(url).group(1);
        return otherDatabase.isEmpty()
                ? location
                : location.substring(0, location.lastIndexOf('/') + 1)
                        + URLEncoder.encode(otherDatabase, StandardCharsets.UTF_8)
                                .replace("+", "%20");
    }

    /**
     * The address of another database of the cluster, with the same options.
     *
     * @param database its name; characters that have a meaning in URLs are encoded
     */
    JdbcAddress inDatabase(String database) {
        return new JdbcAddress(url, database);
    }

    /** Whether it is a Serverless workgroup, by the name of its endpoint. */
    boolean isServerless() {
        String host = host().toLowerCase(Locale.ROOT);
        return host.endsWith(".redshift-serverless.amazonaws.com")
                || host.endsWith(".redshift-serverless.amazonaws.com.cn");
    }

    /** The host, by which the cluster's certificate is checked. */
    String host() {
        return parts(url).group(2);
    }

    /** The Region in the host's name; empty for a host that is no endpoint of Redshift, such as a CNAME. */
    Optional<String> region() {
        Matcher endpoint = ENDPOINT.matcher(host());
        return endpoint.matches() ? Optional.of(endpoint.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    JdbcOptions options() {
        return options(url);
    }

    /** The URL without options, so that the driver cannot read any in it. */
    String urlWithoutOptions() {
        return SCHEME + location();
    }

    private static JdbcOptions options(String url) {
        Matcher parts = parts(url);
        String options = parts.group(3) == null ? parts.group(4) : parts.group(3);
        return JdbcOptions.parse(options == null ? "" : options);
    }

    private static Matcher parts(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalStateException("not a JDBC URL, although it was checked");
        }
        return matcher;
    }

    @Override
    public String toString() {
        return location();
    }
}
