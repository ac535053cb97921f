package io.github.redshiftquerylogs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDetectorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:redshift://h:5439/dev?user=u&password=topsecret",
                "JDBC:redshift://h:5439/dev",
                "Jdbc:Redshift:iam://h:5439/dev",
                " jdbc:",
                "url=jdbc:redshift://h/dev",
                "j\u200bdbc:redshift://h/dev",
                "\uff4adbc:redshift://h/dev",
                "jdbc%3Aredshift%3A%2F%2Fh",
                "jdbc :redshift",
                "odbc:Driver=Redshift",
                "postgres://u:topsecret@h/dev",
                "postgresql://h/dev",
                "POSTGRES://h/dev",
                "redshift+psycopg2://u:topsecret@h:5439/dev",
                "redshift://h/dev",
                "https://h/?X-Amz-Signature=topsecret",
                "s3://user:topsecret@bucket/logs",
                "redshift-data://u:topsecret@orders/dev",
                "host=h user=u password=topsecret",
                "password=topsecret",
                "PASSWORD = topsecret",
                "Password\t=\ttopsecret",
                "pass\u00adword=topsecret",
                "password:topsecret",
                "password: topsecret",
                "{\"username\":\"u\",\"password\":\"topsecret\"}",
                "{'password': 'topsecret'}",
                "{username: u, password1: topsecret}",
                "pwd=topsecret",
                "UID=u;PWD=topsecret",
                "Passwd=topsecret",
                "passphrase=topsecret",
                "u;pass=topsecret",
                "pw=topsecret",
                "PGPASSWORD=topsecret",
                "DbPassword=topsecret",
                "redshift-data://orders/dev?password=topsecret",
                "default?password=topsecret",
                "password%3Dtopsecret",
                "password%3dtopsecret",
                "pass%77ord=topsecret",
                "password%253Dtopsecret",
                "password%25252525253Dtopsecret",
                "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff1dtopsecret",
                "CREATE USER u PASSWORD 'topsecret'",
                "psql -h h --password topsecret",
                "u:topsecret@h",
                "u:topsecret@h:5439/dev",
                "u:top secret@h",
                "u:top/secret@h",
                "u%3Atopsecret%40h",
                "u%253Atopsecret%2540h",
                "//u:topsecret@h/dev",
                ":topsecret@h",
                "aws_access_key_id=AKIA;aws_secret_access_key=topsecret",
                "token=topsecret",
                "session_token=topsecret",
                "secret=topsecret",
                "secret: topsecret",
                "{\"secret\":\"topsecret\"}",
                "{\"SecretAccessKey\": \"topsecret\", \"SessionToken\": \"x\"}",
                "secret-access-key = topsecret",
                "session token: topsecret",
                "X-Api-Key: topsecret",
                "{'accessToken':'topsecret'}",
                "client_secret=topsecret",
                "private_key=topsecret",
                "arn:aws:iam::123456789012:role/r:topsecret@h"
            })
    void whatMayCarryASecretIsFound(String text) {
        assertThat(SecretDetector.mayContainSecret(text)).isTrue();
        assertThat(SecretDetector.mayContainSecret("\n" + text + " ")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "query_log_exporter",
                "password_reset_user",
                "password",
                "pwd-rotation",
                "passport=eu",
                "compass=1",
                "team=password_reset",
                "team=data,role=exporter",
                "a=b",
                "first.last@example.com",
                "u@h",
                "IAM:alice@example.com",
                "IAMR:redshift-query-logs-job",
                "IAMA:alice@example.com:dev",
                "AWSIDC:first.last@example.com",
                "my user",
                "secretary",
                "top secret",
                "hr-secret-key",
                "secret:hr/exporter-AbCdEf",
                "tokens",
                "100%",
                "100%25",
                "arn:aws:iam::123456789012:role/team=data/exporter@eu",
                "arn:aws:iam::123456789012:role/password",
                "arn:aws:iam::123456789012:role/db-password,arn:aws-cn:iam::210987654321:role/x@y",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:hr/exporter-AbCdEf",
                "default",
                "redshift-data://orders/dev",
                "redshift-data://serverless/adhoc/Sales_DB",
                "redshift-data://orders/dev@share",
                "s3://lake/logs",
                "s3://lake/a@b/c=d",
                "s3a://lake/logs",
                "product-warehouse,hr, sales",
                "jdbc-connection",
                "orders jdbc",
                "60"
            })
    void ordinaryTextsAreNot(String text) {
        assertThat(SecretDetector.mayContainSecret(text)).isFalse();
    }

    /** Nobody encodes a name so often; a text that is decoded without an end would be searched without one. */
    @Test
    void whatIsEncodedNineTimesMayCarryASecret() {
        assertThat(SecretDetector.mayContainSecret("a%" + "25".repeat(8))).isFalse();
        assertThat(SecretDetector.mayContainSecret("a%" + "25".repeat(9))).isTrue();
        assertThat(SecretDetector.mayContainSecret("a%" + "25".repeat(1000))).isTrue();
    }

    @Test
    void inAnAddressTheAddressItselfIsNoSecret() {
        assertThat(SecretDetector.addressMayContainSecret("jdbc:redshift://h:5439/dev?ssl=true"))
                .isFalse();
        assertThat(SecretDetector.addressMayContainSecret("jdbc:redshift://h:5439/dev?pass%77ord=topsecret"))
                .isTrue();
        assertThat(SecretDetector.addressMayContainSecret("jdbc:redshift://u:topsecret@h:5439/dev"))
                .isTrue();
    }
}
