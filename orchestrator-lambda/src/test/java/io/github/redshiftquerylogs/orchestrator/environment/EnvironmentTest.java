package io.github.redshiftquerylogs.orchestrator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    private static final String JAR = "s3://artifacts/releases/glue-jobs.jar";
    private static final String SCRIPT = "s3://artifacts/releases/export.scala";

    @Test
    void namesOfTableAndDatabaseHaveDefaults() {
        assertThat(Environment.parse(Map.of("JOB_JAR", JAR, "JOB_SCRIPT", SCRIPT)))
                .isEqualTo(TestingEnvironments.of(JAR, SCRIPT, "export_state", "redshift_query_logs_db"));
    }

    @Test
    void everythingCanBeSet() {
        assertThat(Environment.parse(Map.of(
                        "JOB_JAR", JAR, "JOB_SCRIPT", SCRIPT, "STATE_TABLE", "audit.state", "DATABASE_NAME", "audit")))
                .isEqualTo(TestingEnvironments.of(JAR, SCRIPT, "audit.state", "audit"));
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        assertThat(Environment.parse(
                                Map.of("JOB_JAR", JAR, "JOB_SCRIPT", SCRIPT, "STATE_TABLE", " ", "DATABASE_NAME", ""))
                        .stateTable())
                .isEqualTo("export_state");
    }

    @Test
    void allThatIsMissingIsReportedAtOnce() {
        assertThatThrownBy(() -> Environment.parse(Map.of("PATH", "/usr/bin")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("JOB_JAR = (missing): expected the S3 URI of the job's jar; "
                        + "JOB_SCRIPT = (missing): expected the S3 URI of the job's script");
    }

    @Test
    void allThatIsWrongIsReportedAtOnceWithWhatItHolds() {
        assertThatThrownBy(() -> Environment.parse(Map.of(
                        "JOB_JAR", "s3://artifacts/",
                        "JOB_SCRIPT", "/tmp/export.scala",
                        "STATE_TABLE", "a b",
                        "DATABASE_NAME", "Logs")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("JOB_JAR = 's3://artifacts/': expected the S3 URI of the job's jar; "
                        + "JOB_SCRIPT = '/tmp/export.scala': expected the S3 URI of the job's script; "
                        + "STATE_TABLE = 'a b': expected the name of a DynamoDB table; "
                        + "DATABASE_NAME = 'Logs': expected the name of a Glue database: "
                        + "lower-case letters, digits, underscores");
    }

    /** Glue takes a list of jars, separated by commas, and arguments, separated by blanks. */
    @ParameterizedTest
    @ValueSource(strings = {"s3://artifacts/job.jar,s3://others/other.jar", "s3://artifacts/my job.jar"})
    void aJarIsOneJar(String value) {
        assertThatThrownBy(() -> Environment.parse(Map.of("JOB_JAR", value, "JOB_SCRIPT", SCRIPT)))
                .hasMessage("JOB_JAR = '" + value + "': expected the S3 URI of the job's jar");
    }

    @Test
    void jobsCanBeBiggerEncryptedAndLogElsewhere() {
        assertThat(Environment.parse(Map.of(
                                "JOB_JAR", JAR,
                                "JOB_SCRIPT", SCRIPT,
                                "JOB_WORKERS", "4",
                                "JOB_WORKER_TYPE", "R.2X",
                                "JOB_SECURITY_CONFIGURATION", "logs-encrypted",
                                "JOB_LOG_GROUP_PREFIX", "/logs/jobs"))
                        .jobs())
                .isEqualTo(new JobShape("R.2X", 4, "logs-encrypted", "/logs/jobs"));
    }

    @Test
    void invalidJobSettingsAreRefused() {
        assertThatThrownBy(() -> Environment.parse(Map.of(
                        "JOB_JAR", JAR,
                        "JOB_SCRIPT", SCRIPT,
                        "JOB_WORKERS", "1",
                        "JOB_WORKER_TYPE", "Standard",
                        "JOB_SECURITY_CONFIGURATION", "a b",
                        "JOB_LOG_GROUP_PREFIX", "a:b")))
                .hasMessage("JOB_WORKER_TYPE = 'Standard': expected a type such as G.1X; "
                        + "JOB_WORKERS = '1': expected a number from 2 to 999; "
                        + "JOB_SECURITY_CONFIGURATION = 'a b': expected the name of a security configuration of Glue; "
                        + "JOB_LOG_GROUP_PREFIX = 'a:b': expected the beginning of log groups' names");
    }

    @Test
    void securityGroupsAreGivenByVpc() {
        assertThat(Environment.parse(Map.of(
                                "JOB_JAR", JAR, "JOB_SCRIPT", SCRIPT, "SECURITY_GROUPS", "vpc-1=sg-1,sg-2; vpc-2=sg-3"))
                        .network()
                        .securityGroups())
                .isEqualTo(Map.of("vpc-1", List.of("sg-1", "sg-2"), "vpc-2", List.of("sg-3")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sg-1",
                "vpc-1",
                "vpc-1=",
                "vpc-1=sg-1,",
                "vpc-1=sg-1;",
                "vpc-1=sg-1;vpc-1=sg-2",
                "vpc-1=subnet-1"
            })
    void securityGroupsThatCannotBeReadAreRefusedAsAWhole(String value) {
        assertThatThrownBy(
                        () -> Environment.parse(Map.of("JOB_JAR", JAR, "JOB_SCRIPT", SCRIPT, "SECURITY_GROUPS", value)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("SECURITY_GROUPS = '" + value + "': expected security groups by VPC, each VPC once, such as"
                        + " vpc-1=sg-1,sg-2;vpc-2=sg-3");
    }

    @Test
    void subnetsAreGivenByVpcWithTheirZones() {
        assertThat(Environment.parse(Map.of(
                                "JOB_JAR",
                                JAR,
                                "JOB_SCRIPT",
                                SCRIPT,
                                "SUBNETS",
                                "vpc-1=subnet-b@eu-central-1b,subnet-a@eu-central-1a; vpc-2=subnet-c@us-west-2-lax-1a"))
                        .network()
                        .subnets())
                .isEqualTo(Map.of(
                        "vpc-1",
                        List.of(
                                new JobSubnet("subnet-b", "eu-central-1b", true),
                                new JobSubnet("subnet-a", "eu-central-1a", true)),
                        "vpc-2",
                        List.of(new JobSubnet("subnet-c", "us-west-2-lax-1a", true))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subnet-1@eu-central-1a",
                "vpc-1",
                "vpc-1=",
                "vpc-1=subnet-1",
                "vpc-1=subnet-1@",
                "vpc-1=@eu-central-1a",
                "vpc-1=sg-1@eu-central-1a",
                "vpc-1=subnet-1@eu-central-1a,",
                "vpc-1=subnet-1@eu-central-1a;",
                "vpc-1=subnet-1@a;vpc-1=subnet-2@a",
                "vpc-1=subnet-1@a=b",
                "vpc-1=subnet-1@a@b"
            })
    void subnetsThatCannotBeReadAreRefusedAsAWhole(String value) {
        assertThatThrownBy(() -> Environment.parse(Map.of("JOB_JAR", JAR, "JOB_SCRIPT", SCRIPT, "SUBNETS", value)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "SUBNETS = '" + value + "': expected subnets with their zones by VPC, each VPC once, such as"
                                + " vpc-1=subnet-1@eu-central-1a,subnet-2@eu-central-1b;vpc-2=subnet-3@eu-central-1a");
    }

    @Test
    void withoutThemConnectionsGetTheNetworkOfTheirCluster() {
        Environment environment = Environment.parse(Map.of("JOB_JAR", JAR, "JOB_SCRIPT", SCRIPT, "SUBNETS", " "));

        assertThat(environment.network().subnets()).isEmpty();
        assertThat(environment.network().securityGroups()).isEmpty();
    }
}
