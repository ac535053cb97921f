package io.github.redshiftquerylogs.infra.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsParserTest {

    @Test
    void nothingIsRequired() {
        assertThat(OptionsParser.parse(Map.of()))
                .isEqualTo(new Options(
                        List.of(),
                        Optional.empty(),
                        5,
                        Optional.empty(),
                        Optional.empty(),
                        180,
                        30,
                        2,
                        "G.1X",
                        false,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    @Test
    void everyOptionIsRead() {
        Map<String, Object> context = Map.ofEntries(
                Map.entry("clusters", "product-warehouse, finance,,finance"),
                Map.entry("bucket", "old-lake"),
                Map.entry("scheduleMinutes", "10"),
                Map.entry("vpc", "vpc-0abc1234"),
                Map.entry("subnets", "subnet-0abc1234,subnet-0abc12345678901cd"),
                Map.entry("securityGroups", "sg-0abc1234"),
                Map.entry("endpoints", "create"),
                Map.entry("alarmEmail", "who@example.org"),
                Map.entry("lagAlarmMinutes", "600"),
                Map.entry("logRetentionDays", "90"),
                Map.entry("glueWorkers", "4"),
                Map.entry("glueWorkerType", "G.2X"),
                Map.entry("lakeFormation", "true"),
                Map.entry("tableOptimizers", "false"),
                Map.entry("catalogKey", "arn:aws:kms:eu-central-1:123456789012:key/1a2b-3c"),
                Map.entry("exports", "./my-exports"),
                Map.entry("publishedNamespaces", "1a2b3c_sys, 123456789012_sys"));

        assertThat(context).containsOnlyKeys(ContextKeys.ALL.toArray(String[]::new));
        assertThat(OptionsParser.parse(context))
                .isEqualTo(new Options(
                        List.of(new ClusterName("finance"), new ClusterName("product-warehouse")),
                        Optional.of("old-lake"),
                        10,
                        Optional.of(new NetworkOptions(
                                "vpc-0abc1234",
                                List.of("subnet-0abc1234", "subnet-0abc12345678901cd"),
                                List.of("sg-0abc1234"),
                                true)),
                        Optional.of("who@example.org"),
                        600,
                        90,
                        4,
                        "G.2X",
                        true,
                        false,
                        Optional.of("arn:aws:kms:eu-central-1:123456789012:key/1a2b-3c"),
                        Optional.of("./my-exports"),
                        List.of("1a2b3c_sys", "123456789012_sys")));
    }

    @Test
    void cdkJsonMayHaveNumbersTruthValuesAndLists() {
        Options options = OptionsParser.parse(
                Map.of("clusters", List.of("finance", "sales"), "scheduleMinutes", 15.0, "tableOptimizers", false));

        assertThat(options.clusters()).extracting(ClusterName::value).containsExactly("finance", "sales");
        assertThat(options.scheduleMinutes()).isEqualTo(15);
        assertThat(options.tableOptimizers()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clusters | a,Finance | clusters = 'Finance': expected a lower-case letter",
                "clusters | global | clusters = 'global': expected another name, 'global' is reserved",
                "bucket | My_Bucket | bucket = 'My_Bucket': expected the name of a bucket, without dots",
                "bucket | s3://lake | bucket = 's3://lake': expected the name of a bucket",
                "scheduleMinutes | 4 | scheduleMinutes = '4': expected a whole number from 5 to 60",
                "scheduleMinutes | five | scheduleMinutes = 'five': expected a whole number from 5 to 60",
                "scheduleMinutes | 99999999999 | scheduleMinutes = '99999999999': expected a whole number from 5 to 60",
                "vpc | main | vpc = 'main': expected an id such as vpc-0abc1234",
                "subnets | subnet-0abc1234 | vpc = (missing): expected the VPC of the clusters, because subnets is given",
                "securityGroups | sg-1 | securityGroups = 'sg-1': expected ids such as sg-0abc1234",
                "endpoints | yes | endpoints = 'yes': expected create",
                "alarmEmail | nobody | alarmEmail = 'nobody': expected one e-mail address",
                "lagAlarmMinutes | 1 | lagAlarmMinutes = '1': expected a whole number from 15 to 10080",
                "logRetentionDays | 31 | logRetentionDays = '31': expected one of 1, 3, 5, 7, 14, 30, 60",
                "glueWorkers | 1 | glueWorkers = '1': expected a whole number from 2 to 299",
                "glueWorkerType | Standard | glueWorkerType = 'Standard': expected G.1X or G.2X",
                "lakeFormation | yes | lakeFormation = 'yes': expected true or false",
                "catalogKey | alias/glue | catalogKey = 'alias/glue': expected the ARN of a KMS key, arn:aws:kms:",
                "tableOptimizers | off | tableOptimizers = 'off': expected true or false",
                "publishedNamespaces | a_sys,My-sys | publishedNamespaces = 'My-sys': expected namespaces as describe-logging-status",
                "publishedNamespaces | a_sys\".b | publishedNamespaces = 'a_sys\".b': expected namespaces as describe-logging-status",
                "publishedNamespaces | _sys | publishedNamespaces = '_sys': expected namespaces as describe-logging-status"
            })
    void aWrongValueIsNamedWithWhatIsExpected(String key, String value, String message) {
        assertThat(problemsOf(Map.of(key, value)))
                .extracting(Problem::toString)
                .anySatisfy(problem -> assertThat(problem).startsWith(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "-lake",
                "lake-",
                "la.ke",
                "xn--lake",
                "sthree-lake",
                "amzn-s3-demo-lake",
                "lake-s3alias",
                "lake--ol-s3",
                "lake--x-s3",
                "lake--table-s3"
            })
    void whatIsNoBucketOfOnesOwnIsRefused(String bucket) {
        assertThat(problemsOf(Map.of("bucket", bucket)))
                .containsExactly(new Problem("bucket", bucket, "the name of a bucket, without dots"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "lake-s3alias-1", "s3alias", "my-xn--lake", "x-s3", "1-2"})
    void otherBucketsAreAccepted(String bucket) {
        assertThat(OptionsParser.parse(Map.of("bucket", bucket)).bucket()).contains(bucket);
    }

    @Test
    void aBucketHasAtMost63Characters() {
        assertThat(OptionsParser.parse(Map.of("bucket", "b".repeat(63))).bucket())
                .isPresent();
        assertThat(problemsOf(Map.of("bucket", "b".repeat(64)))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "scheduleMinutes, 5, 60",
        "lagAlarmMinutes, 15, 10080",
        "glueWorkers, 2, 299",
        "logRetentionDays, 1, 3653"
    })
    void aNumberMayBeTheLeastAndTheGreatestOne(String key, int least, int greatest) {
        for (int legal : new int[] {least, greatest}) {
            Options options = OptionsParser.parse(Map.of(key, Integer.toString(legal)));
            assertThat(options.toString()).contains(key + "=" + legal);
        }
        for (int illegal : new int[] {least - 1, greatest + 1}) {
            assertThat(problemsOf(Map.of(key, Integer.toString(illegal))))
                    .extracting(Problem::parameter)
                    .contains(key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"15.5", "1e1", "+15", "-15", " 1 5", "\u0661\u0665"})
    void otherWritingsOfNumbersAreRefused(String value) {
        assertThat(problemsOf(Map.of("scheduleMinutes", value)))
                .extracting(Problem::parameter)
                .containsExactly("scheduleMinutes");
    }

    @Test
    void allProblemsComeAtOnce() {
        assertThat(problemsOf(Map.of("glueWorkers", "0", "clusters", "A", "alarmemail", "a@b.c", "colour", "red")))
                .extracting(Problem::parameter)
                .containsExactly("context key", "context key", "clusters", "glueWorkers");
    }

    @Test
    void aVpcNeedsSubnets() {
        assertThat(problemsOf(Map.of("vpc", "vpc-0abc1234")))
                .extracting(Problem::toString)
                .containsExactly("subnets = (missing): expected at least one subnet of the VPC, because vpc is given");
    }

    @Test
    void anUnknownKeyIsRefusedWithTheKnownOnes() {
        assertThat(problemsOf(Map.of("cluster", "finance")))
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("context key = 'cluster': expected one of clusters, bucket, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alarm-email", "ALARMEMAIL", "alarm_email"})
    void aMisspeltKeyIsCorrected(String key) {
        assertThat(problemsOf(Map.of(key, "a@example.org")))
                .extracting(Problem::toString)
                .containsExactly("context key = '" + key + "': expected alarmEmail");
    }

    @Test
    void theCdksOwnKeysAreNoneOfOurs() {
        Map<String, Object> context = Map.of(
                "@aws-cdk/core:checkSecretUsage",
                true,
                "aws:cdk:enable-path-metadata",
                true,
                "aws-cdk:enableDiffNoFail",
                true,
                "availability-zones:account=1:region=eu-central-1",
                List.of("a"),
                "acknowledged-issue-numbers",
                List.of(1),
                "vpc-provider:account=1:filter.vpc-id=vpc-1",
                Map.of());

        assertThat(OptionsParser.parse(context)).isEqualTo(OptionsParser.parse(Map.of()));
    }

    private static List<Problem> problemsOf(Map<String, ?> context) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> OptionsParser.parse(context))
                .problems();
    }
}
