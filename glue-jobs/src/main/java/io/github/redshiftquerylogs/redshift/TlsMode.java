package io.github.redshiftquerylogs.redshift;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How TLS protects a connection, from the weakest to the strongest; the driver has no other modes.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/jdbc20-configuration-options.html#jdbc20-sslmode-option
 */
enum TlsMode {
    OFF("ssl", "false", "the connection is not encrypted, so the password and all rows can be read on the way"),
    VERIFY_CA(
            "sslmode",
            "verify-ca",
            "the host name in the cluster's certificate is not checked, so another server with a trusted certificate could"
                    + " take the cluster's place"),
    VERIFY_FULL("sslmode", "verify-full", "");

    /** The option of a URL that sets the mode, and an old name for it. */
    static final String OPTION = "sslmode";

    static final String OLD_OPTION = "authmech";

    /** The option that switches TLS off. */
    static final String SWITCH = "ssl";

    private final String option;
    private final String value;
    private final String weakness;

    TlsMode(String option, String value, String weakness) {
        this.option = option;
        this.value = value;
        this.weakness = weakness;
    }

    /**
     * The mode that the options of a URL ask for. Without any, and with {@code ssl=true}, it is {@link #VERIFY_FULL}; the
     * driver's own default does not check the host name.
     *
     * @param options of the URL, with names in lower case
     * @throws IllegalArgumentException if a value is not one of the driver's, or two contradict each other; with what is
     *     expected
     */
    static TlsMode of(Map<String, String> options) {
        String mode = options.getOrDefault(OPTION, options.get(OLD_OPTION));
        boolean off = isOff(options.getOrDefault(SWITCH, ""));
        if (mode == null) {
            return off ? OFF : VERIFY_FULL;
        }
        if (off) {
            throw new IllegalArgumentException("ssl=false together with " + OPTION + ": expected one of them");
        }
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "verify-full" -> VERIFY_FULL;
            case "verify-ca" -> VERIFY_CA;
            default ->
                throw new IllegalArgumentException("an illegal value of " + OPTION
                        + ": expected verify-full (the default) or verify-ca, or ssl=false without it");
        };
    }

    private static boolean isOff(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "", "true" -> false;
            case "false" -> true;
            default -> throw new IllegalArgumentException("an illegal value of " + SWITCH + ": expected true or false");
        };
    }

    /** The driver's option for this mode. */
    String option() {
        return option;
    }

    /** The value of the driver's option. */
    String value() {
        return value;
    }

    /** What is not protected; empty for {@link #VERIFY_FULL}. */
    Optional<String> weakness() {
        return Optional.of(weakness).filter(text -> !text.isEmpty());
    }
}
