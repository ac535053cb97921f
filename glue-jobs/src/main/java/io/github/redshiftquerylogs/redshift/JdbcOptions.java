package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SettingsException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The options of a JDBC URL; pure. Only options about the transport and the session's name are accepted, because others
 * could send the password elsewhere, write it to a file, load classes, or change what the queries return.
 *
 * @param values of the options other than those of {@code tls}, by name in lower case, as the driver compares names
 * @param tls how the connection is protected
 */
record JdbcOptions(SortedMap<String, String> values, TlsMode tls) {

    private static final Set<String> ACCEPTED = Set.of(
            TlsMode.OPTION,
            TlsMode.OLD_OPTION,
            TlsMode.SWITCH,
            "sslrootcert",
            "ssltruststorepath",
            "applicationname",
            "querygroup",
            "compression",
            "connecttimeout",
            "logintimeout",
            "sockettimeout",
            "tcpkeepalive",
            "receivebuffersize",
            "sendbuffersize",
            "fetchringbuffersize");

    private static final String EXPECTED = "expected none but ssl, sslmode, sslRootCert, sslTrustStorePath,"
            + " ApplicationName, queryGroup, compression, connectTimeout, loginTimeout, socketTimeout, TCPKeepAlive,"
            + " receiveBufferSize, sendBufferSize and fetchRingBufferSize";

    /** Options by which the driver takes credentials; those called password are found before. */
    private static final Set<String> CREDENTIALS = Set.of(
            "user",
            "uid",
            "dbuser",
            "accesskeyid",
            "secretaccesskey",
            "sessiontoken",
            "webidentitytoken",
            "plugin_name",
            "profile",
            "authprofile",
            "iamauth");

    private static final Set<String> CLASSES = Set.of(
            "sslfactory",
            "sslfactoryarg",
            "socketfactory",
            "socketfactoryarg",
            "sslhostnameverifier",
            "sslpasswordcallback");

    /** Also the names that older drivers and the driver of PostgreSQL have for them. */
    private static final Set<String> LOGGING = Set.of(
            "loglevel", "dsiloglevel", "logpath", "maxlogfilesize", "maxlogfilecount", "loggerlevel", "loggerfile");

    JdbcOptions {
        SortedMap<String, String> others = new TreeMap<>(values);
        others.keySet().removeAll(Set.of(TlsMode.OPTION, TlsMode.OLD_OPTION, TlsMode.SWITCH));
        values = Collections.unmodifiableSortedMap(others);
    }

    /**
     * Parses the text after {@code ?} or {@code ;}, as the driver does.
     *
     * @throws SettingsException if an option is not accepted; its value is not shown
     */
    static JdbcOptions parse(String text) {
        SortedMap<String, String> values = new TreeMap<>();
        for (String option : text.split("[;&]", -1)) {
            if (!option.isEmpty()) {
                int equals = option.indexOf('=');
                String name = option.substring(0, equals < 0 ? option.length() : equals);
                require(name, equals >= 0);
                values.put(name.toLowerCase(Locale.ENGLISH), decoded(name, option.substring(name.length())));
            }
        }
        return new JdbcOptions(values, tls(values));
    }

    private static TlsMode tls(Map<String, String> values) {
        try {
            return TlsMode.of(values);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("the JDBC URL has " + e.getMessage(), e);
        }
    }

    /** @param value an equals sign and the value, or nothing */
    private static String decoded(String name, String value) {
        try {
            return value.isEmpty() ? "" : URLDecoder.decode(value.substring(1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // without the cause: its message repeats a part of the value
            throw new SettingsException(
                    "the JDBC URL has an illegal value of " + name + ": expected % followed by two hexadecimal digits");
        }
    }

    private static void require(String name, boolean hasValue) {
        String option = name.toLowerCase(Locale.ENGLISH);
        if (ACCEPTED.contains(option)) {
            return;
        }
        if (CREDENTIALS.contains(option)) {
            throw new SettingsException("the JDBC URL has credentials in it (option " + name
                    + "): expected them in the parameters of the cluster alone");
        }
        if (CLASSES.contains(option)) {
            throw new SettingsException("the JDBC URL replaces a class of the driver (option " + name
                    + "), which can switch the check of the cluster's certificate off: expected sslmode=verify-ca for a"
                    + " cluster that is reached by another name than that of its certificate");
        }
        if (LOGGING.contains(option)) {
            throw new SettingsException("the JDBC URL makes the driver write logs (option " + name
                    + "), which contain statements and rows: expected a URL without logging");
        }
        // what is not an assignment may be a part of something else, and is not shown
        throw new SettingsException("the JDBC URL has an option that is not supported ("
                + (hasValue && name.matches("\\w{1,40}") ? name : "not shown") + "): " + EXPECTED);
    }
}
