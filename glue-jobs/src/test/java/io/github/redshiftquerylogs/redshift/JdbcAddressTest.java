package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.failure.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcAddressTest {

    private static final String PLAIN = "jdbc:redshift://a.example.com:5439/dev";

    @Test
    void onlyHostPortAndDatabaseAreShown() {
        assertThat(new JdbcAddress(PLAIN + "?ssl=false")).hasToString("a.example.com:5439/dev");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h:1/dev",
                "h:5439/dev",
                "jdbc:redshift://h:5439",
                "jdbc:redshift:iam://h:1/dev",
                "JDBC:redshift://h:1/dev",
                "jdbc:redshift://h:1/dev;a=b?ssl=false",
                "jdbc:redshift://h:1/dev ?ssl=false",
                ""
            })
    void otherTextsAreRefusedWithoutRepeatingThem(String url) {
        assertThatThrownBy(() -> new JdbcAddress(url))
                .hasMessage("illegal JDBC URL (not shown): expected jdbc:redshift://host:port/database");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?user=a&password=topsecret",
                "?Password=topsecret",
                ";PWD=topsecret",
                "?ssl=true;UID=a;pwd=topsecret",
                "?pass%77ord=topsecret",
                "?password%3Dtopsecret",
                "?pass%2577ord=topsecret",
                "%3Fpassword%3Dtopsecret",
                "?sslpassword=topsecret",
                "?SecretAccessKey=topsecret",
                "?SessionToken=topsecret",
                "?\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44=topsecret",
                "?pass\u200bword=topsecret",
                "?UID=topsecret",
                "?user=topsecret",
                "?DbUser=topsecret",
                "?AccessKeyID=topsecret",
                "?WebIdentityToken=topsecret",
                "?plugin_name=topsecret",
                "?ApplicationName=a:topsecret@b"
            })
    void credentialsInAnySpellingAreRefusedWithoutRepeatingThem(String options) {
        assertThatThrownBy(() -> new JdbcAddress(PLAIN + options))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("has credentials in it")
                .hasMessageContaining("expected them in the parameters of the cluster alone")
                .hasMessageNotContaining("topsecret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:redshift://u:topsecret@h:5439/dev", "jdbc:redshift://u%3Atopsecret%40h:5439/dev"})
    void userAndPasswordBeforeTheHostAreRefused(String url) {
        assertThatThrownBy(() -> new JdbcAddress(url))
                .hasMessageContaining("has credentials in it")
                .hasMessageNotContaining("topsecret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?sslfactory=com.amazon.redshift.ssl.NonValidatingFactory",
                ";SSLFactory=org.example.Any",
                "?sslhostnameverifier=org.example.Any",
                "?socketFactory=org.example.Any",
                "?sslpasswordcallback=org.example.Any"
            })
    void classesOfTheDriverAreNotReplaced(String options) {
        assertThatThrownBy(() -> new JdbcAddress(PLAIN + options))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("replaces a class of the driver (option " + name(options) + ")")
                .hasMessageContaining("expected sslmode=verify-ca");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?LogLevel=6&LogPath=/tmp",
                "?loglevel=0",
                ";LogPath=/tmp",
                "?DSILogLevel=6",
                "?loggerLevel=TRACE",
                "?loggerFile=/tmp/a.log",
                "?MaxLogFileSize=1",
                "?MaxLogFileCount=1"
            })
    void loggingOfTheDriverIsRefused(String options) {
        assertThatThrownBy(() -> new JdbcAddress(PLAIN + options))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("makes the driver write logs (option " + name(options) + ")");
    }

    /** Options that would lead elsewhere, read a file with further options, or are nobody's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "?host=elsewhere",
                "?port=1",
                "?dbname=other",
                "?IniFile=/tmp/a.ini",
                "?options=-c",
                "?autosave=always",
                "?%73slmode=disable",
                "?ssl=true&topsecret",
                "?no_such=topsecret"
            })
    void furtherOptionsAreRefused(String options) {
        assertThatThrownBy(() -> new JdbcAddress(PLAIN + options))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("has an option that is not supported")
                .hasMessageContaining("expected none but ssl, sslmode")
                .hasMessageNotContaining("topsecret");
    }

    /** What is no assignment may be a part of a password. */
    @ParameterizedTest
    @CsvSource({"?no_such=topsecret, no_such", "?ssl=true&topsecret, not shown", "?=topsecret, not shown"})
    void onlyTheNameOfAnAssignmentIsShown(String options, String shown) {
        assertThatThrownBy(() -> new JdbcAddress(PLAIN + options))
                .hasMessageContaining("has an option that is not supported (" + shown + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "orders.abc123.eu-central-1.redshift.amazonaws.com, false",
        "wg.123456789012.eu-central-1.redshift-serverless.amazonaws.com, true",
        "WG.123456789012.EU-CENTRAL-1.Redshift-Serverless.AmazonAWS.com, true",
        "wg.123456789012.cn-north-1.redshift-serverless.amazonaws.com.cn, true",
        "wg.redshift-serverless.amazonaws.com.example.com, false",
        "127.0.0.1, false"
    })
    void workgroupIsKnownByItsEndpoint(String host, boolean serverless) {
        assertThat(new JdbcAddress("jdbc:redshift://" + host + ":5439/dev").isServerless())
                .isEqualTo(serverless);
    }

    @ParameterizedTest
    @CsvSource({
        "'', sales, sales",
        "?ssl=true&connectTimeout=5, Sales, Sales",
        ";SSLMode=verify-ca, my sales, my%20sales",
        "?connectTimeout=5, a/b?c;d&e=f, a%2Fb%3Fc%3Bd%26e%3Df",
        // the name of a database comes from the cluster and is no secret, whatever it looks like
        "'', team@sales, team%40sales",
        "?ssl=true, password=reset, password%3Dreset"
    })
    void anotherDatabaseHasTheSameHostAndOptions(String options, String database, String encoded) {
        JdbcAddress address = new JdbcAddress(PLAIN + options);
        JdbcAddress other = address.inDatabase(database);
        assertThat(other.urlWithoutOptions()).isEqualTo(PLAIN.substring(0, PLAIN.lastIndexOf('/') + 1) + encoded);
        assertThat("jdbc:redshift://" + other.location()).isEqualTo(other.urlWithoutOptions());
        assertThat(other).hasToString(other.location());
        assertThat(other.host()).isEqualTo(address.host());
        assertThat(other.options()).isEqualTo(address.options());
        assertThat(other.inDatabase("third").location()).endsWith("/third");
    }

    @Test
    void optionsOfTransportAndNameAreAccepted() {
        JdbcOptions options = new JdbcAddress(PLAIN
                        + "?TCPKeepAlive=true&ApplicationName=query%20logs;sslRootCert=/tmp/a.pem&&connectTimeout=5"
                        + "&queryGroup=logs")
                .options();

        assertThat(options.values())
                .containsEntry("applicationname", "query logs")
                .containsEntry("sslrootcert", "/tmp/a.pem")
                .containsEntry("tcpkeepalive", "true")
                .containsEntry("connecttimeout", "5")
                .containsEntry("querygroup", "logs")
                .hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "'', VERIFY_FULL",
        "?ssl=true, VERIFY_FULL",
        "?ssl, VERIFY_FULL",
        "?SSL=TRUE, VERIFY_FULL",
        "?sslmode=verify-full, VERIFY_FULL",
        ";SSLMode=Verify-CA, VERIFY_CA",
        "?AuthMech=verify-ca, VERIFY_CA",
        "?AuthMech=REQUIRE&sslmode=verify-ca, VERIFY_CA",
        "?ssl=false, OFF",
        "?ssl=true&ssl=false, OFF"
    })
    void certificateAndNameAreCheckedUnlessTheAddressSaysOtherwise(String options, TlsMode expected) {
        TlsMode mode = new JdbcAddress(PLAIN + options).options().tls();

        assertThat(mode).isEqualTo(expected);
        assertThat(mode.weakness().isEmpty()).isEqualTo(mode == TlsMode.VERIFY_FULL);
        assertThat(mode.option() + "=" + mode.value())
                .isEqualTo(
                        switch (expected) {
                            case OFF -> "ssl=false";
                            case VERIFY_CA -> "sslmode=verify-ca";
                            case VERIFY_FULL -> "sslmode=verify-full";
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?sslmode=verify",
                "?sslmode=",
                "?sslmode=verify_full",
                "?sslmode=require",
                "?sslmode=disable",
                "?ssl=no",
                "?ssl=0"
            })
    void illegalModesAreRefused(String options) {
        assertThatThrownBy(() -> new JdbcAddress(PLAIN + options))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("the JDBC URL has an illegal value of " + name(options) + ": expected ");
    }

    @ParameterizedTest
    @CsvSource({
        "orders.abc123.eu-central-1.redshift.amazonaws.com, eu-central-1",
        "Orders.abc123.US-GOV-WEST-1.redshift.amazonaws.com, us-gov-west-1",
        "orders.abc123.cn-north-1.redshift.amazonaws.com.cn, cn-north-1",
        "wg.123456789012.ap-southeast-2.redshift-serverless.amazonaws.com, ap-southeast-2",
        "orders.example.com, ''",
        "orders.eu-central-1.redshift.amazonaws.com.example.com, ''",
        "127.0.0.1, ''"
    })
    void regionIsThatOfTheEndpoint(String host, String region) {
        assertThat(new JdbcAddress("jdbc:redshift://" + host + ":5439/dev")
                        .region()
                        .orElse(""))
                .isEqualTo(region);
    }

    @Test
    void contradictingModesAreRefused() {
        assertThatThrownBy(() -> new JdbcAddress(PLAIN + "?ssl=false&sslmode=verify-full"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("the JDBC URL has ssl=false together with sslmode: expected one of them");
    }

    @Test
    void valueThatIsNotEncodedRightIsRefused() {
        assertThatThrownBy(() -> new JdbcAddress(PLAIN + "?ApplicationName=50%zz"))
                .hasMessage(
                        "the JDBC URL has an illegal value of ApplicationName: expected % followed by two hexadecimal"
                                + " digits");
    }

    private static String name(String options) {
        return options.substring(1, options.indexOf('='));
    }
}
