package io.github.redshiftquerylogs.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.SsmException;

class SettingsReaderTest {

    private static final ClusterName HR = new ClusterName("hr");
    private static final ClusterName SALES = new ClusterName("sales");

    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:hr/exporter-AbCdEf";

    private static SettingsReader reader(TestingParameterStore store) {
        return new SettingsReader(store);
    }

    /** Of a cluster as {@link TestingParameterStore#with} has it. */
    private static ClusterSettings settings(ClusterName name, Duration interval) {
        return new ClusterSettings(
                name,
                new ClusterConnection.Glue(name + "-connection"),
                new Authentication.Password(name + "_user"),
                Optional.empty(),
                interval,
                3,
                List.of(),
                Optional.empty());
    }

    @Test
    void readsAllClusters() {
        TestingParameterStore store = TestingParameterStore.with("hr", "sales")
                .put(ParameterNames.INTERVAL_MINUTES, "30")
                .put(ParameterNames.intervalMinutes(SALES), "5");

        Settings settings = reader(store).readAll();

        assertThat(settings.global())
                .isEqualTo(new GlobalSettings(
                        "s3://lake/logs",
                        "s3://staging",
                        "exporter",
                        Duration.ofMinutes(30),
                        3,
                        Optional.empty(),
                        Optional.empty()));
        assertThat(settings.clusters())
                .containsExactly(settings(HR, Duration.ofMinutes(30)), settings(SALES, Duration.ofMinutes(5)));
        assertThat(settings.misconfigured()).isEmpty();
    }

    @Test
    void aSourceIsAcceptedByTheIdentityThatAFailedRunNames() {
        for (String identity : List.of(
                "namespace:1a2b-3c",
                "host:hr.abc.eu-central-1.redshift.amazonaws.com:5439/dev#2026-11-19",
                "cluster:hr")) {
            TestingParameterStore store =
                    TestingParameterStore.with("hr").put(ParameterNames.acceptSource(HR), " " + identity + "\n");
            assertThat(reader(store).readAll().clusters().get(0).acceptSource()).contains(identity);
        }
        for (String wrong : List.of("yes", "namespace:", "host:a#yesterday", "namespace:a b", "")) {
            TestingParameterStore store = TestingParameterStore.with("hr").put(ParameterNames.acceptSource(HR), wrong);
            assertThat(reader(store).readAll().misconfigured().get("hr"))
                    .singleElement()
                    .asString()
                    .contains("accept_source", "the identity that the failed run names");
        }
    }

    @Test
    void intervalIsAnHourUnlessSomebodySaysOtherwise() {
        Settings settings = reader(TestingParameterStore.with("hr")).readAll();
        assertThat(settings.global().interval()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.clusters().get(0).interval()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void asksForTenNamesACallForEachOnceAndForNoDecryption() {
        String[] names = IntStream.rangeClosed(1, 7).mapToObj(i -> "c" + i).toArray(String[]::new);
        TestingParameterStore store = TestingParameterStore.with(names);

        assertThat(reader(store).readAll().clusters()).hasSize(7);

        // eight global names, then eight of each cluster
        assertThat(store.calls()).extracting(call -> call.names().size()).containsExactly(8, 10, 10, 10, 10, 10, 10, 3);
        assertThat(store.calls().stream().flatMap(call -> call.names().stream()))
                .doesNotHaveDuplicates();
        assertThat(store.calls())
                .extracting(GetParametersRequest::withDecryption)
                .containsOnly(false);
    }

    /** The negative control of the call above: more names are refused, by the fake as by the real one. */
    @Test
    void elevenNamesACallAreRefused() {
        List<String> eleven = IntStream.range(0, 11).mapToObj(i -> "p" + i).toList();
        TestingParameterStore store = new TestingParameterStore();
        assertThatExceptionOfType(SsmException.class).isThrownBy(() -> store.getParameters(call -> call.names(eleven)));
        assertThat(new ParameterReader(store).read(eleven)).isEmpty();
    }

    @Test
    void nothingIsAskedForWhenNoNameIsLegal() {
        TestingParameterStore store =
                TestingParameterStore.with("hr").put(ParameterNames.ENABLED_CLUSTER_LIST, "Sales,global");

        Settings settings = reader(store).readAll();

        assertThat(settings.clusters()).isEmpty();
        assertThat(settings.misconfigured()).containsOnlyKeys("Sales", "global");
        assertThat(store.calls()).hasSize(1);
    }

    @Test
    void statementsOfAClusterOverrideTheGlobalOnesAndTheDefault() {
        TestingParameterStore store = TestingParameterStore.with("hr", "sales");
        assertThat(reader(store).readAll().clusters())
                .extracting(ClusterSettings::statements)
                .containsExactly(3, 3);
        store.put(ParameterNames.STATEMENTS, "5").put(ParameterNames.statements(SALES), " 1 ");
        assertThat(reader(store).readAll().clusters())
                .extracting(ClusterSettings::statements)
                .containsExactly(5, 1);
        assertThat(reader(store).readCluster(SALES, reader(store).readGlobal()).statements())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "51", "-1", "1.5", "three", "", "99999999999"})
    void illegalNumberOfStatementsIsAProblemOfItsCluster(String value) {
        TestingParameterStore store =
                TestingParameterStore.with("hr", "sales").put(ParameterNames.statements(HR), value);
        assertThat(reader(store).readAll().misconfigured().get("hr"))
                .singleElement()
                .hasToString("redshift_query_logs.hr.statements = '" + value
                        + "': expected a whole number of statements from 1 to 50");
    }

    @Test
    void listsOfExportsApplyInOrderTheGlobalOneAndThatOfTheCluster() {
        TestingParameterStore store = TestingParameterStore.with("hr", "sales");
        assertThat(reader(store).readAll().clusters())
                .extracting(ClusterSettings::exports)
                .containsExactly(List.of(), List.of());
        store.put(ParameterNames.EXPORTS, " stl, names ,, -stl_scan ")
                .put(ParameterNames.exports(SALES), "-stl-large,-stl_explain");
        ExportList global = new ExportList(ParameterNames.EXPORTS, Set.of("stl", "names"), Set.of("stl_scan"));
        ExportList own = new ExportList(ParameterNames.exports(SALES), Set.of(), Set.of("stl-large", "stl_explain"));
        assertThat(reader(store).readAll().clusters())
                .extracting(ClusterSettings::exports)
                .containsExactly(List.of(global), List.of(global, own));
        assertThat(reader(store).readCluster(SALES, reader(store).readGlobal()).exports())
                .containsExactly(global, own);
    }

    @Test
    void allThatIsWrongWithAListOfExportsIsReportedTogether() {
        TestingParameterStore store = TestingParameterStore.with("hr", "sales")
                .put(ParameterNames.exports(HR), "stl,--core,STL_QUERY,a b,names,-names");
        Settings settings = reader(store).readAll();
        assertThat(settings.clusters()).extracting(ClusterSettings::name).containsExactly(SALES);
        assertThat(settings.misconfigured().get("hr"))
                .singleElement()
                .hasToString(
                        "redshift_query_logs.hr.exports = 'stl,--core,STL_QUERY,a b,names,-names': expected names of"
                                + " exports and of sets (such as core, stl, sys, names, states), separated by commas, each with"
                                + " '-' in front to leave it out; '--core' is not a name, 'STL_QUERY' is not a name, 'a b' is not"
                                + " a name, 'names' is both exported and left out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ",", " , ,"})
    void emptyListOfExportsLooksLikeAMistake(String value) {
        TestingParameterStore store = TestingParameterStore.with("hr").put(ParameterNames.exports(HR), value);
        assertThat(reader(store).readAll().misconfigured().get("hr"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("redshift_query_logs.hr.exports = '" + value + "': expected names of exports"));
    }

    @Test
    void allProblemsOfAllClustersAreReportedTogetherAndTheOthersAreUsable() {
        TestingParameterStore store = TestingParameterStore.with("hr", "marketing", "sales")
                .put(ParameterNames.ENABLED_CLUSTER_LIST, "hr, marketing, sales, Bad")
                .remove(ParameterNames.user(HR))
                .remove(ParameterNames.password(HR))
                .put(ParameterNames.intervalMinutes(HR), "4")
                .put(ParameterNames.user(SALES), " ");

        Settings settings = reader(store).readAll();

        assertThat(settings.clusters())
                .extracting(cluster -> cluster.name().value())
                .containsExactly("marketing");
        assertThat(settings.misconfigured()).containsOnlyKeys("hr", "sales", "Bad");
        assertThat(settings.misconfigured().get("hr"))
                .extracting(Problem::toString)
                .containsExactly(
                        "redshift_query_logs.hr.user = (missing): expected the name of a database user",
                        "redshift_query_logs.hr.password = (missing): expected a SecureString with the password of"
                                + " the database user",
                        "redshift_query_logs.hr.interval_minutes = '4': expected a whole number of minutes"
                                + " from 5 to 1440");
        assertThat(settings.misconfigured().get("sales"))
                .extracting(Problem::toString)
                .containsExactly("redshift_query_logs.sales.user = ' ': expected the name of a database user");
    }

    @Test
    void withoutUsableGlobalSettingsNothingCanBeStartedAndTheTextHasAllProblems() {
        TestingParameterStore store = new TestingParameterStore()
                .put(ParameterNames.S3_PREFIX, "lake")
                .put(ParameterNames.INTERVAL_MINUTES, "often");
        for (Runnable read : List.<Runnable>of(
                () -> reader(store).readAll(), () -> reader(store).readGlobal())) {
            InvalidSettingsException thrown = catchThrowableOfType(InvalidSettingsException.class, read::run);
            assertThat(thrown)
                    .hasMessageContaining("redshift_query_logs.global.s3_prefix = 'lake': expected an S3 location such"
                            + " as s3://bucket/prefix, without '?', '#' and blanks; it does not begin with s3://; ")
                    .hasMessageContaining("redshift_query_logs.global.tempdir = (missing): expected ")
                    .hasMessageContaining("redshift_query_logs.global.role = (missing): expected ")
                    .hasMessageContaining("redshift_query_logs.global.interval_minutes = 'often': expected ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake/logs, s3://lake/logs/data",
        "s3://lake/logs/, s3://lake/logs/data/",
        "s3://lake/logs, s3://lake/logs/data/temp",
        "s3://lake/logs, s3://lake/logs",
        "s3://lake/logs, s3://lake",
        "s3://lake, s3://lake/data/temp",
    })
    void stagingIsApartFromTheTablesOfTheLake(String lake, String staging) {
        TestingParameterStore store = TestingParameterStore.with("hr")
                .put(ParameterNames.S3_PREFIX, lake)
                .put(ParameterNames.TEMPDIR, staging);
        for (Runnable read : List.<Runnable>of(
                () -> reader(store).readAll(), () -> reader(store).readGlobal())) {
            InvalidSettingsException thrown = catchThrowableOfType(InvalidSettingsException.class, read::run);
            assertThat(thrown.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.parameter()).isEqualTo(ParameterNames.TEMPDIR);
                assertThat(staging).startsWith(problem.value());
                assertThat(problem.expected()).contains("apart from the tables of the lake: neither s3://lake/");
            });
        }
    }

    /** Spellings that some client would take for a folder of the tables are no locations at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://lake/logs/data//",
                "s3://lake/logs//data",
                "s3://lake//logs/data/temp",
                "s3://lake/logs/./data",
                "s3://lake/logs/temp/../data",
                "S3://lake/logs/data",
                "s3a://lake/logs/data",
                "s3://LAKE/logs/data",
                "s3://lake/logs/d%61ta",
                "s3://lake/logs/data?",
                "s3://lake/logs/data#temp"
            })
    void stagingHasNoOtherSpellingOfTheTablesOfTheLake(String staging) {
        TestingParameterStore store = TestingParameterStore.with("hr")
                .put(ParameterNames.S3_PREFIX, "s3://lake/logs")
                .put(ParameterNames.TEMPDIR, staging);
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> reader(store).readGlobal())
                .satisfies(thrown -> assertThat(thrown.problems())
                        .extracting(Problem::parameter)
                        .containsExactly(ParameterNames.TEMPDIR));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake/logs, s3://lake/temp",
        "s3://lake, s3://lake/temp",
        "s3://lake, s3://lake/data-temp",
        "s3://lake/logs, s3://lake/logs/temp",
        "s3://lake/logs, s3://lake/logs2",
        "s3://lake/logs, s3://staging/logs/data",
    })
    void stagingMayLieBesideTheTablesOfTheLake(String lake, String staging) {
        TestingParameterStore store = TestingParameterStore.with("hr")
                .put(ParameterNames.S3_PREFIX, lake)
                .put(ParameterNames.TEMPDIR, staging);
        assertThat(reader(store).readGlobal().tempdir()).isEqualTo(staging);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    s3://code/own                | it has no folder below one of the name exports
                    s3://code/exports            | it has no folder below one of the name exports
                    s3://code/exports/           | it has no folder below one of the name exports
                    code/exports/own             | it does not begin with s3://
                    s3://code/exports/a b        | it contains a blank
                    s3://lake/data/exports/own   | apart from the tables of the lake: neither s3://lake/data
                    s3://staging/exports/own     | apart from temporary files: not s3://staging
                    """)
    void ownExportsLieBelowExportsAndApartFromWhatOthersWrite(String prefix, String expected) {
        TestingParameterStore store = TestingParameterStore.with("hr")
                .put(ParameterNames.S3_PREFIX, "s3://lake")
                .put(ParameterNames.EXPORTS_PREFIX, prefix);
        InvalidSettingsException thrown = catchThrowableOfType(
                InvalidSettingsException.class, () -> reader(store).readGlobal());
        assertThat(thrown.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.parameter()).isEqualTo(ParameterNames.EXPORTS_PREFIX);
            assertThat(problem.expected()).contains(expected);
        });
    }

    @Test
    void ownExportsAreOptionalAndTheirFolderHasNoSlashAtItsEnd() {
        TestingParameterStore store = TestingParameterStore.with("hr").put(ParameterNames.S3_PREFIX, "s3://lake");
        assertThat(reader(store).readGlobal().exportsPrefix()).isEmpty();
        store.put(ParameterNames.EXPORTS_PREFIX, "s3://lake/exports/own/");
        assertThat(reader(store).readGlobal().exportsPrefix()).contains("s3://lake/exports/own");
    }

    @Test
    void problemsOfClustersAreReportedTogetherWithGlobalOnes() {
        TestingParameterStore store = TestingParameterStore.with("hr")
                .put(ParameterNames.ENABLED_CLUSTER_LIST, "hr,Sales")
                .put(ParameterNames.S3_PREFIX, "lake")
                .put(ParameterNames.intervalMinutes(HR), "4");
        InvalidSettingsException thrown = catchThrowableOfType(
                InvalidSettingsException.class, () -> reader(store).readAll());
        assertThat(thrown.problems())
                .extracting(Problem::parameter)
                .containsExactly(
                        ParameterNames.S3_PREFIX,
                        ParameterNames.ENABLED_CLUSTER_LIST,
                        ParameterNames.intervalMinutes(HR));
    }

    @ParameterizedTest
    @ValueSource(strings = {" , ", "", ",", "\n"})
    void anEmptyListIsAProblem(String list) {
        TestingParameterStore empty = TestingParameterStore.with("hr").put(ParameterNames.ENABLED_CLUSTER_LIST, list);
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> reader(empty).readAll())
                .withMessage("redshift_query_logs.global.enabled_cluster_list = '" + ParameterText.visible(list)
                        + "': expected a StringList with at least one cluster name");
    }

    @Test
    void aMissingListIsADeploymentWithoutClusters() {
        TestingParameterStore store = TestingParameterStore.with("hr").remove(ParameterNames.ENABLED_CLUSTER_LIST);
        Settings settings = reader(store).readAll();
        assertThat(settings.clusters()).isEmpty();
        assertThat(settings.misconfigured()).isEmpty();
        assertThat(store.calls()).hasSize(1);
    }

    @Test
    void aMissingListDoesNotExcuseOtherGlobalProblems() {
        TestingParameterStore store = TestingParameterStore.with("hr")
                .remove(ParameterNames.ENABLED_CLUSTER_LIST)
                .remove(ParameterNames.ROLE);
        assertThat(catchThrowableOfType(
                                InvalidSettingsException.class,
                                () -> reader(store).readAll())
                        .problems())
                .extracting(Problem::parameter)
                .containsExactly(ParameterNames.ROLE);
    }

    @Test
    void jobReadsItsOwnClusterOnly() {
        TestingParameterStore store = TestingParameterStore.with("hr", "sales").remove(ParameterNames.user(SALES));
        SettingsReader reader = reader(store);
        GlobalSettings global = reader.readGlobal();

        assertThat(reader.readCluster(HR, global)).isEqualTo(settings(HR, Duration.ofHours(1)));
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> reader.readCluster(SALES, global))
                .withMessage("redshift_query_logs.sales.user = (missing): expected the name of a database user");
    }

    @Test
    void credentialsAreDecrypted() {
        TestingParameterStore store = TestingParameterStore.with("hr").put(ParameterNames.user(HR), " hr_user\n");
        assertThat(reader(store).readCredentials(HR))
                .isEqualTo(new DatabaseCredentials("hr_user", TestingParameterStore.passwordOf("hr")));
        assertThat(store.calls())
                .extracting(GetParametersRequest::withDecryption)
                .containsExactly(true);
    }

    @Test
    void passwordIsTakenAsItIsButForBlanksAndLineEndsAroundIt() {
        String password = "a\"b\\";
        TestingParameterStore store = TestingParameterStore.with("hr")
                .put(ParameterNames.password(HR), " " + password + " \r\n", ParameterType.SECURE_STRING);
        assertThat(reader(store).readCredentials(HR).password()).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection", "user", "unload_role", "interval_minutes", "statements", "exports"})
    void aSecretInTheWrongPlaceStopsItsClusterOnlyAndIsNotShown(String setting) {
        TestingParameterStore store = TestingParameterStore.with("hr", "sales")
                .put(ParameterNames.PREFIX + "hr." + setting, "postgres://u:topsecret@h/dev");
        SettingsReader reader = reader(store);

        Settings settings = reader.readAll();

        assertThat(settings.clusters()).extracting(ClusterSettings::name).containsExactly(SALES);
        assertThat(settings.misconfigured().get("hr"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith(ParameterNames.PREFIX + "hr." + setting + " = (not shown): expected "));
        assertThat(settings.toString()).doesNotContain("topsecret");
        InvalidSettingsException thrown =
                catchThrowableOfType(InvalidSettingsException.class, () -> reader.readCluster(HR, reader.readGlobal()));
        assertThat(thrown).hasMessageContaining("(not shown)").hasMessageNotContaining("topsecret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3_prefix", "tempdir", "role", "interval_minutes", "statements", "exports"})
    void aSecretInAGlobalParameterIsNotShown(String setting) {
        TestingParameterStore store =
                TestingParameterStore.with("hr").put(ParameterNames.PREFIX + "global." + setting, "u:topsecret@h");
        InvalidSettingsException thrown = catchThrowableOfType(
                InvalidSettingsException.class, () -> reader(store).readAll());
        assertThat(thrown)
                .hasMessageStartingWith(ParameterNames.PREFIX + "global." + setting + " = (not shown): expected ")
                .hasMessageNotContaining("topsecret");
    }

    @Test
    void missingCredentialsAreReportedTogether() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> reader(new TestingParameterStore()).readCredentials(HR))
                .withMessage("redshift_query_logs.hr.user = (missing): expected the name of a database user; "
                        + "redshift_query_logs.hr.password = (missing): expected a SecureString with the password of"
                        + " the database user");
    }

    @Test
    void noTextShowsAPassword() {
        TestingParameterStore store = TestingParameterStore.with("hr", "sales").remove(ParameterNames.user(HR));
        SettingsReader reader = reader(store);
        InvalidSettingsException thrown =
                catchThrowableOfType(InvalidSettingsException.class, () -> reader.readCluster(HR, reader.readGlobal()));
        String texts = reader.readAll() + " " + thrown + " " + reader.readCredentials(SALES);
        assertThat(texts)
                .contains("hr_user".replace("hr", "sales"))
                .doesNotContain(TestingParameterStore.passwordOf("hr"))
                .doesNotContain(TestingParameterStore.passwordOf("sales"))
                .doesNotContain(TestingParameterStore.CIPHERTEXT);
    }

    @Test
    void placeholderUserAwaitsCredentials() {
        TestingParameterStore store = TestingParameterStore.with("hr", "sales")
                .put(ParameterNames.user(HR), ClusterSettings.PLACEHOLDER_USER);
        assertThat(reader(store).readAll().clusters())
                .extracting(ClusterSettings::awaitsCredentials)
                .containsExactly(true, false);
    }

    @Test
    void aSecretStandsInPlaceOfUserAndPassword() {
        TestingParameterStore store = TestingParameterStore.with("hr")
                .put(ParameterNames.secret(HR), " " + SECRET)
                .put(ParameterNames.user(HR), ClusterSettings.PLACEHOLDER_USER)
                .remove(ParameterNames.password(HR));
        ClusterSettings settings = reader(store).readAll().clusters().get(0);
        assertThat(settings.authentication()).isEqualTo(new Authentication.Secret(SECRET));
        assertThat(settings.awaitsCredentials()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"S3cret\"}",
                "S3cret",
                "hr/exporter",
                "hr/exporter-AbCdEf",
                "secret:hr/exporter-AbCdEf",
                "arn:aws:secretsmanager:eu-central-1:123456789012:hr/exporter",
                "arn:aws:ssm:eu-central-1:123456789012:parameter/hr",
                ""
            })
    void whatIsNoArnOfASecretIsNotShownAndTheTextSaysWhatAnArnLooksLike(String value) {
        TestingParameterStore store = TestingParameterStore.with("hr").put(ParameterNames.secret(HR), value);
        assertThat(reader(store).readAll().misconfigured().get("hr"))
                .extracting(Problem::toString)
                .containsExactly("redshift_query_logs.hr.secret = (not shown): expected the ARN of a secret in Secrets"
                        + " Manager, not its name or its content:"
                        + " arn:aws:secretsmanager:<region>:<account>:secret:<name>-<six characters>");
    }

    @Test
    void dataApiNeedsNeitherPasswordNorUser() {
        TestingParameterStore store = TestingParameterStore.with("hr")
                .put(ParameterNames.connection(HR), "redshift-data://hr/dev")
                .remove(ParameterNames.password(HR));
        assertThat(authentication(store)).isEqualTo(new Authentication.TemporaryCredentials("hr_user"));
        store.remove(ParameterNames.user(HR));
        assertThat(authentication(store)).isEqualTo(new Authentication.Identity());
        store.put(ParameterNames.secret(HR), SECRET);
        assertThat(authentication(store)).isEqualTo(new Authentication.Secret(SECRET));
    }

    private static Authentication authentication(TestingParameterStore store) {
        return reader(store).readAll().clusters().get(0).authentication();
    }

    @Test
    void placeholderUserOfTheDataApiAwaitsCredentialsToo() {
        TestingParameterStore store = TestingParameterStore.with("hr")
                .put(ParameterNames.connection(HR), "redshift-data://hr/dev")
                .put(ParameterNames.user(HR), ClusterSettings.PLACEHOLDER_USER);
        assertThat(reader(store).readAll().clusters().get(0).awaitsCredentials())
                .isTrue();
    }

    private static TestingParameterStore serverless() {
        return TestingParameterStore.with("hr", "sales")
                .put(ParameterNames.connection(HR), "redshift-data://serverless/adhoc/dev");
    }

    @Test
    void aWorkgroupWithAUserAndWithoutASecretIsRefused() {
        Settings settings = reader(serverless()).readAll();
        assertThat(settings.clusters()).extracting(ClusterSettings::name).containsExactly(SALES);
        assertThat(settings.misconfigured().get("hr"))
                .extracting(Problem::toString)
                .containsExactly("redshift_query_logs.hr.user = 'hr_user': expected no user, because the Data API takes"
                        + " none for a Serverless workgroup: without this parameter statements run as the database user"
                        + " of the jobs' IAM role, with redshift_query_logs.hr.secret as the user of that secret");
    }

    /** The job reads its own cluster only. */
    @Test
    void theJobOfAWorkgroupWithAUserIsRefusedWithTheSameText() {
        SettingsReader job = reader(serverless());
        GlobalSettings global = job.readGlobal();
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> job.readCluster(HR, global))
                .satisfies(thrown -> assertThat(thrown.problems())
                        .isEqualTo(job.readAll().misconfigured().get("hr")));
    }

    @ParameterizedTest
    @ValueSource(strings = {ClusterSettings.PLACEHOLDER_USER, " tempuser\n"})
    void thePlaceholderUserOfAWorkgroupCountsAsNone(String user) {
        TestingParameterStore store = serverless().put(ParameterNames.user(HR), user);
        assertThat(authentication(store)).isEqualTo(new Authentication.Identity());
        assertThat(reader(store).readAll().clusters().get(0).awaitsCredentials())
                .isFalse();
    }

    @Test
    void aWorkgroupMayHaveNoUserOrASecretAndThenTheUserDoesNotMatter() {
        assertThat(authentication(serverless().remove(ParameterNames.user(HR))))
                .isEqualTo(new Authentication.Identity());
        assertThat(authentication(serverless().put(ParameterNames.secret(HR), SECRET)))
                .isEqualTo(new Authentication.Secret(SECRET));
    }

    @Test
    void anEmptyUserOfAWorkgroupIsOneProblem() {
        assertThat(reader(serverless().put(ParameterNames.user(HR), " "))
                        .readAll()
                        .misconfigured()
                        .get("hr"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ParameterType.class,
            names = {"STRING", "STRING_LIST"})
    void aPasswordThatIsStoredInClearIsAWarningWithoutItsValue(ParameterType type) {
        TestingParameterStore store = TestingParameterStore.with("hr", "sales", "finance")
                .put(ParameterNames.password(HR), "topsecret", type)
                .put(ParameterNames.password(SALES), "topsecret", type)
                .put(ParameterNames.secret(HR), SECRET)
                .remove(ParameterNames.user(SALES));
        Settings settings = reader(store).readAll();
        assertThat(settings.clusters())
                .extracting(cluster -> cluster.name().value())
                .containsExactly("finance", "hr");
        // also where a secret is used instead, and where other settings are invalid
        assertThat(settings.warnings()).containsOnlyKeys("hr", "sales");
        assertThat(settings.warnings().get("hr"))
                .isEqualTo("WARNING: redshift_query_logs.hr.password is stored in clear, as a " + type
                        + ": expected a SecureString; store a new password and change it in the cluster");
        assertThat(settings.toString()).doesNotContain("topsecret");
    }

    @Test
    void otherParametersAreNoSecretsAndNoWarning() {
        assertThat(reader(TestingParameterStore.with("hr")).readAll().warnings())
                .isEmpty();
    }
}
