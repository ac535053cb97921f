package io.github.redshiftquerylogs.settings;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises texts that may carry a password, or another secret, in a place where none belongs: addresses of databases,
 * assignments to a password, {@code user:password@host}. Case, percent-encoding, full-width letters and characters that
 * show nothing make no difference. Pure.
 *
 * <p>A password by itself cannot be told from a name.
 */
public final class SecretDetector {

    /** {@code jdbc:}, {@code odbc:}, and every other scheme than those that parameters are written with. */
    private static final Pattern ADDRESS =
            Pattern.compile("[jo]dbc\\s*:|(?<![a-z0-9+.-])(?!(?:s3[an]?|redshift-data)://)[a-z][a-z0-9+.-]*://");

    /** {@code password=}, {@code "pwd": }, {@code PGPASSWORD=}, {@code DbPassword =>}; not {@code password_reset}. */
    private static final Pattern ASSIGNED_PASSWORD = Pattern.compile(
            "(?:passw(?:or)?d|passwort|pwd|passphrase|(?<![a-z0-9])(?:pass|pw))[0-9]*[\"'`\\]})]*\\s*(?:=|:)");

    /** {@code session_token=}, {@code "apiKey": }, {@code secret: }; not {@code secret:} as in an ARN. */
    private static final Pattern ASSIGNED_SECRET = Pattern.compile(
            "(?:secret[_ -]?(?:access[_ -]?)?key|(?:api|private)[_ -]?key|(?<![a-z0-9])token|(?:session|auth|access)[_ -]?token)"
                    + "[\"'`\\]})]*\\s*(?:=|:)"
                    + "|(?<![a-z0-9])secret(?:[\"'`\\]})]*\\s*=|[\"'`\\]})]+\\s*:|\\s*:\\s)");

    /** {@code PASSWORD 'secret'} as in SQL, {@code --password secret} as on a command line. */
    private static final Pattern WRITTEN_PASSWORD =
            Pattern.compile("password\\s+[\"'`]|-(?:password|passwd|pwd)\\s+\\S");

    /** {@code user:password@host}; no colon of a scheme, an ARN or a kind of user counts, see {@link #COLONS}. */
    private static final Pattern USER_INFO = Pattern.compile(":[^@]*@");

    /** Colons of schemes, of ARNs, and of users such as {@code IAMR:role} and {@code AWSIDC:first.last@example.com}. */
    private static final Pattern COLONS = Pattern.compile(
            "(?<![a-z0-9])(?:(?:s3[an]?|redshift-data)://|arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:\\d*:|(?:iam[ra]?|awsidc):)");

    private static final Pattern ENCODED = Pattern.compile("%([0-9a-f]{2})");
    private static final int DECODINGS = 8;

    private SecretDetector() {}

    /** Whether a text has to be treated as if there were a secret in it. */
    static boolean mayContainSecret(String text) {
        return isFound(text, decoded -> ADDRESS.matcher(decoded).find() || carriesSecret(decoded));
    }

    /**
     * Whether the address of a database may contain a password or another secret; that it is an address counts for
     * nothing here.
     *
     * @param address such as {@code jdbc:redshift://host:port/database?option=value}
     */
    public static boolean addressMayContainSecret(String address) {
        return isFound(address, SecretDetector::carriesSecret);
    }

    private static boolean isFound(String text, Predicate<String> sign) {
        String decoded = normalized(text);
        for (int decodings = 0; ; decodings++) {
            if (sign.test(decoded)) {
                return true;
            }
            String further = normalized(decode(decoded));
            if (further.equals(decoded)) {
                return false;
            }
            if (decodings >= DECODINGS) {
                // nobody encodes a name so often
                return true;
            }
            decoded = further;
        }
    }

    private static boolean carriesSecret(String text) {
        return ASSIGNED_PASSWORD.matcher(text).find()
                || ASSIGNED_SECRET.matcher(text).find()
                || WRITTEN_PASSWORD.matcher(text).find()
                || USER_INFO.matcher(COLONS.matcher(text).replaceAll("")).find();
    }

    private static String normalized(String text) {
        String lines = text.replaceAll("[\\s\\p{Z}]+", " ");
        return Normalizer.normalize(ParameterText.withoutInvisible(lines), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT);
    }

    private static String decode(String text) {
        return ENCODED.matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))));
    }
}
