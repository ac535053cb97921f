package io.github.redshiftquerylogs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsParserTest {

    private static final Duration FALLBACK = Duration.ofMinutes(17);

    private static final String CONNECTION = "the name of a Glue connection, at most 255 characters, or"
            + " redshift-data://<cluster-identifier>/<database>, or redshift-data://serverless/<workgroup>/<database>";

    private static SettingsParser parser(String value) {
        return new SettingsParser(Map.of("p", value));
    }

    private static void requireProblem(SettingsParser parser, String value, String expected) {
        assertThat(parser.problems()).containsExactly(new Problem("p", value, expected));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake/logs, s3://lake/logs",
        "s3://lake/logs/, s3://lake/logs",
        "s3://lake/, s3://lake",
        "s3://lake, s3://lake",
        "' s3://my.lake-1/a/b=c/ ', s3://my.lake-1/a/b=c",
    })
    void locationLosesBlanksAroundItAndTheSlashAtItsEnd(String value, String location) {
        SettingsParser parser = parser(value);
        assertThat(parser.s3Location("p")).isEqualTo(location);
        assertThat(parser.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lake/logs",
                "s3:/lake",
                "s3a://lake/logs",
                "s3://",
                "s3://Lake/logs",
                "s3://lake/my logs",
                "s3://lake/x --conf spark.driver.memory=1g",
                "s3://lake//logs",
                "s3://lake/data#temp",
                "s3://lake/?temp",
                "s3://lake/../logs",
                "s3://lake/'logs'",
                "s3://192.168.1.1/logs",
                "",
                " "
            })
    void otherLocationsAreRefused(String value) {
        SettingsParser parser = parser(value);
        parser.s3Location("p");
        assertThat(parser.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.parameter()).isEqualTo("p");
            assertThat(problem.value()).isEqualTo(value);
            assertThat(problem.expected())
                    .startsWith("an S3 location such as s3://bucket/prefix, without '?', '#' and blanks");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exporter", "arn:aws:iam::123456789012:role/path/exporter", "arn:aws-cn:iam::123456789012:role/e"
            })
    void roleIsANameOrAnArn(String value) {
        SettingsParser parser = parser(value);
        assertThat(parser.role("p")).isEqualTo(value);
        assertThat(parser.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my role", "arn:aws:iam::123:role/e", "arn:aws:s3:::bucket", "role/e"})
    void otherRolesAreRefused(String value) {
        SettingsParser parser = parser(value);
        parser.role("p");
        requireProblem(parser, value, "the name or the ARN of an IAM role");
    }

    @Test
    void connectionHasTheLengthThatGlueAllows() {
        SettingsParser longest = parser("c".repeat(255));
        assertThat(longest.connection("p")).isEqualTo(new ClusterConnection.Glue("c".repeat(255)));
        assertThat(longest.problems()).isEmpty();
        SettingsParser parser = parser("c".repeat(256));
        parser.connection("p");
        requireProblem(parser, "c".repeat(256), CONNECTION);
    }

    @Test
    void withoutAConnectionTheClusterIsLookedUp() {
        SettingsParser parser = new SettingsParser(Map.of());
        assertThat(parser.connection("p")).isEqualTo(new ClusterConnection.Lookup());
        assertThat(parser.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void anEmptyConnectionIsAMistake(String value) {
        SettingsParser parser = parser(value);
        parser.connection("p");
        requireProblem(parser, value, CONNECTION);
    }

    @Test
    void addressIsNotAConnectionAndIsNotShownBecauseItMayHaveAPasswordInIt() {
        SettingsParser parser = parser(" jdbc:redshift://h:5439/dev?user=u&password=S3cret");
        parser.connection("p");
        requireProblem(parser, Problem.HIDDEN, CONNECTION + ", no JDBC address");
    }

    @Test
    void dataApiIsAConnection() {
        assertThat(parser(" redshift-data://orders-1/dev ").connection("p"))
                .isEqualTo(new ClusterConnection.DataApi(false, "orders-1", "dev"))
                .hasToString("redshift-data://orders-1/dev");
        assertThat(parser("redshift-data://serverless/adhoc/Sales_DB").connection("p"))
                .isEqualTo(new ClusterConnection.DataApi(true, "adhoc", "Sales_DB"))
                .hasToString("redshift-data://serverless/adhoc/Sales_DB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redshift-data://serverless/adhoc",
                "redshift-data://serverless/adhoc/",
                "redshift-data://serverless/dev",
                "redshift-data://serverless/",
                "redshift-data://serverless/Sales_DB"
            })
    void aWorkgroupWithoutADatabaseIsNotADatabaseOfAClusterNamedServerless(String value) {
        SettingsParser parser = parser(value);
        parser.connection("p");
        requireProblem(
                parser,
                value,
                CONNECTION + "; the database is missing: 'serverless' is not the identifier of a cluster here, and a"
                        + " workgroup is followed by '/' and a database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serverless-1", "my-serverless", "serverles"})
    void otherClustersMayHaveSimilarNames(String cluster) {
        assertThat(parser("redshift-data://" + cluster + "/dev").connection("p"))
                .isEqualTo(new ClusterConnection.DataApi(false, cluster, "dev"));
    }

    @Test
    void aDatabaseMayBeNamedServerless() {
        assertThat(parser("redshift-data://orders/serverless").connection("p"))
                .isEqualTo(new ClusterConnection.DataApi(false, "orders", "serverless"));
        assertThat(parser("redshift-data://serverless/serverless/serverless").connection("p"))
                .isEqualTo(new ClusterConnection.DataApi(true, "serverless", "serverless"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redshift-data://",
                "redshift-data://orders",
                "redshift-data://orders/",
                "redshift-data://Orders/dev",
                "Redshift-Data://orders/dev",
                "REDSHIFT-DATA://serverless/adhoc/dev",
                "redshift-data://orders/dev/x",
                "redshift-data://serverless//dev",
                "redshift-data://orders/my db"
            })
    void otherAddressesOfTheDataApiAreRefused(String value) {
        SettingsParser parser = parser(value);
        parser.connection("p");
        requireProblem(parser, value, CONNECTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "arn:aws:iam::123456789012:role/unload",
                "arn:aws:iam::123456789012:role/a,arn:aws-cn:iam::210987654321:role/path/b"
            })
    void unloadRoleIsDefaultOrAChainOfArns(String value) {
        SettingsParser parser = parser(value);
        assertThat(parser.unloadRole("p")).contains(value);
        assertThat(parser.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unload", "Default", "arn:aws:iam::123456789012:role/a'", "default,default"})
    void otherUnloadRolesAreRefused(String value) {
        SettingsParser parser = parser(value);
        parser.unloadRole("p");
        requireProblem(parser, value, "'default', or ARNs of IAM roles separated by commas");
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "60, 60", "' 15 ', 15", "007, 7", "1440, 1440"})
    void intervalIsInMinutes(String value, long minutes) {
        SettingsParser parser = parser(value);
        assertThat(parser.interval("p", FALLBACK)).isEqualTo(Duration.ofMinutes(minutes));
        assertThat(parser.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4",
                "0",
                "-5",
                "5.5",
                "1h",
                "PT5M",
                "",
                " ",
                "1441",
                "99999",
                "123456",
                "\u0665",
                "99999999999999999999"
            })
    void otherIntervalsAreRefused(String value) {
        SettingsParser parser = parser(value);
        assertThat(parser.interval("p", FALLBACK)).isEqualTo(FALLBACK);
        requireProblem(parser, value, "a whole number of minutes from 5 to 1440");
    }

    @Test
    void intervalMayBeMissing() {
        SettingsParser parser = new SettingsParser(Map.of());
        assertThat(parser.interval("p", FALLBACK)).isEqualTo(FALLBACK);
        assertThat(parser.problems()).isEmpty();
    }

    @Test
    void everythingElseMayNot() {
        SettingsParser parser = new SettingsParser(Map.of());
        parser.s3Location("a");
        parser.role("b");
        parser.user("c");
        parser.password("d");
        assertThat(parser.problems()).extracting(Problem::parameter).containsExactly("a", "b", "c", "d");
        assertThat(parser.problems()).extracting(Problem::value).containsOnly(Problem.MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", " \r\n\t"})
    void anEmptyPasswordIsMissing(String value) {
        SettingsParser parser = parser(value);
        parser.password("p");
        requireProblem(parser, Problem.MISSING, "a SecureString with the password of the database user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Correct1\n",
                "Correct1\r\n",
                "\nCorrect1",
                "\r\n Correct1 \n\n",
                "Correct1\r",
                "\tCorrect1 ",
                "Correct1"
            })
    void blanksAndLineEndsAroundAPasswordDoNotCount(String value) {
        SettingsParser parser = parser(value);
        assertThat(parser.password("p")).isEqualTo("Correct1");
        assertThat(parser.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b\\", "pass=word:x@y", "jdbc:redshift://h", "a b", "%41"})
    void theRestOfAPasswordIsTakenAsItIs(String value) {
        SettingsParser parser = parser(value);
        assertThat(parser.password("p")).isEqualTo(value);
        assertThat(parser.problems()).isEmpty();
    }

    @Test
    void aCharacterThatNobodySeesInAPasswordIsNamedAndThePasswordIsNotShown() {
        SettingsParser parser = parser("\ufeffCorrect1\n");
        parser.password("p");
        requireProblem(
                parser,
                Problem.HIDDEN,
                "a SecureString with the password of the database user; it contains U+FEFF ZERO WIDTH NO-BREAK SPACE");
    }

    private static final List<Consumer<SettingsParser>> NO_SECRETS = List.of(
            parser -> parser.connection("p"),
            parser -> parser.user("p"),
            parser -> parser.role("p"),
            parser -> parser.unloadRole("p"),
            parser -> parser.s3Location("p"),
            parser -> parser.exports("p"),
            parser -> parser.exportsPrefix("p", "s3://lake", "s3://staging"),
            parser -> parser.statements("p", 3),
            parser -> parser.interval("p", FALLBACK));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://u:topsecret@h/dev",
                "redshift+psycopg2://u:topsecret@h:5439/dev",
                "JDBC:redshift://h:5439/dev?password=topsecret",
                "host=h user=u password=topsecret",
                "password=topsecret",
                "PWD = topsecret",
                "u:topsecret@h",
                "u%3Atopsecret%40h",
                "pass%77ord%3dtopsecret",
                "pass\u200bword=topsecret",
                "s3://u:topsecret@bucket/x",
                "redshift-data://u:topsecret@orders/dev",
                "redshift-data://orders/password=topsecret",
                "arn:aws:iam::123456789012:role/password=topsecret"
            })
    void noParameterButAPasswordTakesASecretAndNoProblemShowsIt(String value) {
        for (Consumer<SettingsParser> parameter : NO_SECRETS) {
            SettingsParser parser = parser(" " + value + "\n");
            parameter.accept(parser);
            assertThat(parser.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.parameter()).isEqualTo("p");
                assertThat(problem.value()).isEqualTo(Problem.HIDDEN);
                assertThat(problem.toString()).doesNotContain("topsecret").contains(", no ");
            });
        }
    }

    @Test
    void nothingIsMadeOfASecretInTheWrongPlace() {
        assertThat(parser("postgres://u:topsecret@h/dev").connection("p").toString())
                .doesNotContain("topsecret");
        assertThat(parser("u:topsecret@h").user("p")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password_reset_user",
                "team=data",
                "IAMR:redshift-query-logs-job",
                "first.last@example.com",
                "my user"
            })
    void ordinaryUsersAreAccepted(String value) {
        SettingsParser parser = parser(value);
        assertThat(parser.user("p")).isEqualTo(value);
        assertThat(parser.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"team=data", "password-reset", "arn:aws:iam::123456789012:role/team=data/exporter@eu"})
    void ordinaryRolesAreAccepted(String value) {
        SettingsParser parser = parser(value);
        assertThat(parser.role("p")).isEqualTo(value);
        assertThat(parser.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "\u00a0, U+00A0 NO-BREAK SPACE",
        "\u200b, U+200B ZERO WIDTH SPACE",
        "\ufeff, U+FEFF ZERO WIDTH NO-BREAK SPACE",
        "\u202e, U+202E RIGHT-TO-LEFT OVERRIDE",
        "'\t', U+0009 CHARACTER TABULATION",
        "'\n', U+000A LINE FEED (LF)",
    })
    void aCharacterThatNobodySeesIsRefusedByItsName(String character, String name) {
        for (Consumer<SettingsParser> parameter : NO_SECRETS) {
            SettingsParser parser = parser("5" + character + "0");
            parameter.accept(parser);
            assertThat(parser.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString())
                            .startsWith("p = '5<" + name.substring(0, 6) + ">0': expected ")
                            .endsWith("; it contains " + name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u200b", "\ufeff", "\u3000"})
    void aCharacterThatNobodySeesIsNoBlankAroundAValue(String character) {
        for (String value : List.of(character + "exporter", "exporter" + character, character)) {
            SettingsParser parser = parser(value);
            parser.user("p");
            assertThat(parser.problems())
                    .extracting(Problem::expected)
                    .singleElement()
                    .asString()
                    .contains("; it contains U+");
        }
    }

    @Test
    void anArnWithACharacterThatNobodySeesIsNotShownAndTheCharacterIsNamed() {
        ClusterName hr = new ClusterName("hr");
        SettingsParser parser = new SettingsParser(Map.of(
                ParameterNames.secret(hr), "arn:aws:secretsmanager:eu-central-1:123456789012:secret:hr-AbCdEf\u200b"));
        parser.authentication(new ClusterConnection.Lookup(), hr);
        assertThat(parser.problems())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("(not shown)")
                .endsWith("; it contains U+200B ZERO WIDTH SPACE");
    }
}
