package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SettingsException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDBC address of a cluster.
 *
 * @param url {@code jdbc:redshift://host:port/database}, and options
 */
public record JdbcAddress(String url) implements Serializable {

    private static final Pattern URL =
            Pattern.compile("jdbc:redshift://([^/:?;@]+(?::\\d{1,5})?/[^?;/]+)([?;].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CREDENTIALS =
            Pattern.compile("[?;&](user|uid|password|pwd)=", Pattern.CASE_INSENSITIVE);

    /** @throws SettingsException if the URL is malformed or contains credentials */
    public JdbcAddress {
        if (!URL.matcher(url).matches()) {
            // the value is not shown: a malformed one may contain a password
            throw new SettingsException("illegal JDBC URL (not shown): expected jdbc:redshift://host:port/database");
        }
        if (CREDENTIALS.matcher(url).find()) {
            throw new SettingsException("the JDBC URL of " + location(url)
                    + " has credentials in it: expected them in the parameters of the cluster alone");
        }
    }

    /** Host, port and database, without options. */
    public String location() {
        return location(url);
    }

    private static String location(String url) {
        Matcher matcher = URL.matcher(url);
        return matcher.matches() ? matcher.group(1) : "";
    }

    @Override
    public String toString() {
        return location();
    }
}
