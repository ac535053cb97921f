package io.github.redshiftquerylogs.orchestrator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.redshiftquerylogs.orchestrator.TestingParameters;
import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.connection.ClusterConnector.Connected;
import io.github.redshiftquerylogs.orchestrator.environment.JobNetwork;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterConnectorTest {

    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final String NAME = "orders_rs_query_logs";
    private static final String PARAMETER = "redshift_query_logs.orders.connection";
    private static final Deadline PLENTY = () -> Duration.ofMinutes(2);
    private static final Instant TIME = Instant.parse("2026-11-19T10:05:00Z");

    private final TestingClusters clusters = new TestingClusters().with(TestingClusters.available("orders"));
    private final TestingGlueConnections connections = new TestingGlueConnections();
    private final TestingParameters parameters = new TestingParameters();
    private Map<String, List<String>> securityGroups = Map.of();
    private Map<String, List<JobSubnet>> subnets = Map.of();

    private Connected connect() throws Exception {
        return connect(new SsmConnectionRecord(parameters), PLENTY);
    }

    private Connected connect(ConnectionRecord record, Deadline deadline) throws Exception {
        return new ClusterConnector(
                        clusters,
                        connections,
                        record,
                        new Retrier(duration -> {}),
                        new JobNetwork(securityGroups, subnets))
                .connect(ORDERS, new Tick(TIME, deadline));
    }

    private CallFailure failure() {
        return catchThrowableOfType(CallFailedException.class, this::connect).failure();
    }

    private LookupFailure lookupFailure() {
        return catchThrowableOfType(LookupFailedException.class, this::connect).failure();
    }

    private Map<String, String> made() {
        return connections.existing().getOrDefault(NAME, Map.of());
    }

    @Test
    void aClusterOfWhichOnlyTheNameIsKnownGetsAConnectionAndItsParameter() throws Exception {
        assertThat(connect()).isEqualTo(new Connected("its connection '" + NAME + "' was created", true));
        assertThat(made())
                .containsEntry("subnet", "subnet-2")
                .containsEntry("availabilityZone", "eu-central-1b")
                .containsEntry("securityGroups", "sg-cluster");
        assertThat(parameters.values()).containsEntry(PARAMETER, NAME);
        assertThat(clusters.calls()).containsExactly("DescribeClusters orders", "DescribeClusterSubnetGroups default");
        assertThat(connections.calls()).containsExactly("CreateConnection");
    }

    @Test
    void theDeploymentsSecurityGroupsForTheVpcComeFirst() throws Exception {
        securityGroups = Map.of("vpc-1", List.of("sg-jobs", "sg-a"), "vpc-2", List.of("sg-other"));
        connect();
        assertThat(made()).containsEntry("securityGroups", "sg-a,sg-jobs");
    }

    @Test
    void theDeploymentsSubnetsForTheVpcComeFirstInTheClustersZone() throws Exception {
        subnets = Map.of(
                "vpc-1",
                List.of(
                        new JobSubnet("subnet-looked-at-a", "eu-central-1a", true),
                        new JobSubnet("subnet-looked-at-b", "eu-central-1b", true)));
        connect();
        assertThat(made())
                .containsEntry("subnet", "subnet-looked-at-b")
                .containsEntry("availabilityZone", "eu-central-1b");
        assertThat(clusters.calls()).containsExactly("DescribeClusters orders");
    }

    @Test
    void withoutOneInTheClustersZoneTheSameOneOfThemServesInEachOrder() throws Exception {
        JobSubnet a = new JobSubnet("subnet-a", "eu-central-1a", true);
        JobSubnet c = new JobSubnet("subnet-c", "eu-central-1c", true);
        subnets = Map.of("vpc-1", List.of(c, a));
        connect();
        assertThat(made()).containsEntry("subnet", "subnet-a");
        parameters.remove(PARAMETER);
        subnets = Map.of("vpc-1", List.of(a, c));
        assertThat(connect().done()).isEqualTo("its connection '" + NAME + "' already existed");
    }

    @Test
    void subnetsForAnotherVpcAreNotUsed() throws Exception {
        subnets = Map.of("vpc-2", List.of(new JobSubnet("subnet-of-vpc-2", "eu-central-1b", true)));
        connect();
        assertThat(made()).containsEntry("subnet", "subnet-2");
    }

    @Test
    void changedSubnetsAndGroupsReachAConnectionThatIsLookedUpAgain() throws Exception {
        connect();
        parameters.remove(PARAMETER);
        securityGroups = Map.of("vpc-1", List.of("sg-jobs"));
        subnets = Map.of("vpc-1", List.of(new JobSubnet("subnet-9", "eu-central-1c", true)));
        assertThat(connect().done()).isEqualTo("its connection '" + NAME + "' already existed and was updated");
        assertThat(made())
                .containsEntry("subnet", "subnet-9")
                .containsEntry("availabilityZone", "eu-central-1c")
                .containsEntry("securityGroups", "sg-jobs");
    }

    @Test
    void whoeverDiedBeforeRecordingIsFollowedByOneWhoUsesTheConnection() throws Exception {
        ConnectionRecord dies = (cluster, connection) -> {
            throw new CallFailedException(CallFailure.lost(Operation.RECORD_CONNECTION, "died"));
        };
        assertThat(catchThrowableOfType(CallFailedException.class, () -> connect(dies, PLENTY))
                        .failure()
                        .text())
                .endsWith("unknown whether the connection was recorded, the next tick finds out");
        assertThat(connect()).isEqualTo(new Connected("its connection '" + NAME + "' already existed", true));
        assertThat(parameters.values()).containsEntry(PARAMETER, NAME);
        assertThat(connections.calls()).containsExactly("CreateConnection", "CreateConnection", "GetConnection");
    }

    @Test
    void aLostReplyToTheCreationIsFollowedByOneWhoFindsTheConnection() throws Exception {
        connections.losingReply(Operation.CREATE_CONNECTION);
        CallFailure lost = failure();
        assertThat(lost.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(lost.text()).endsWith("unknown whether the connection was created, the next tick finds out");
        assertThat(parameters.values()).doesNotContainKey(PARAMETER);
        assertThat(connect().done()).isEqualTo("its connection '" + NAME + "' already existed");
    }

    @Test
    void aConnectionOfOursThatDiffersIsUpdated() throws Exception {
        connect();
        parameters.remove(PARAMETER);
        Map<String, String> moved = new TreeMap<>(made());
        moved.put("JDBC_CONNECTION_URL", "jdbc:redshift://elsewhere:5439/dev");
        connections.put(NAME, moved);
        assertThat(connect().done()).isEqualTo("its connection '" + NAME + "' already existed and was updated");
        assertThat(made().get("JDBC_CONNECTION_URL")).contains("orders.abc.eu-central-1");
    }

    @Test
    void aConnectionOfSomebodyElseIsNeitherUsedNorChanged() {
        Map<String, String> theirs = Map.of("description", "warehouse of finance", "subnet", "subnet-9");
        connections.put(NAME, theirs);
        assertThat(lookupFailure())
                .isEqualTo(new LookupFailure(
                        Outcome.MISCONFIGURED,
                        "a Glue connection '" + NAME + "' exists already and was not made by the orchestrator: expected"
                                + " none of that name; or a parameter " + PARAMETER + " that says how it is reached"));
        assertThat(made()).isEqualTo(theirs);
        assertThat(parameters.values()).isEmpty();
    }

    @Test
    void whoWasFirstToRecordWins() throws Exception {
        parameters.put(PARAMETER, "mine");
        assertThat(connect()).isEqualTo(new Connected("its connection '" + NAME + "' was created", false));
        assertThat(parameters.values()).containsEntry(PARAMETER, "mine");
    }

    @Test
    void twoAtOnceMakeOneConnectionAndRecordItOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 50; round++) {
                CountDownLatch both = new CountDownLatch(2);
                Callable<Connected> tick = () -> {
                    both.countDown();
                    assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
                    return connect();
                };
                List<Future<Connected>> ticks = threads.invokeAll(List.of(tick, tick));
                assertThat(List.of(ticks.get(0).get(), ticks.get(1).get()))
                        .extracting(Connected::recorded)
                        .containsExactlyInAnyOrder(true, false);
                assertThat(connections.existing()).containsOnlyKeys(NAME);
                assertThat(parameters.values()).containsExactly(Map.entry(PARAMETER, NAME));
                parameters.remove(PARAMETER);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatStandsInTheWayIsToldBeforeAnythingIsMade() {
        clusters.with(TestingClusters.paused("orders"));
        assertThat(lookupFailure().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(connections.calls()).isEmpty();
        assertThat(parameters.values()).isEmpty();
    }

    @Test
    void aSubnetGroupWithoutAnActiveSubnetIsToldByItsName() {
        clusters.withSubnets("default", new JobSubnet("subnet-1", "eu-central-1a", false));
        assertThat(lookupFailure().text())
                .startsWith("the subnet group 'default' of cluster 'orders' has no active subnet: expected one");
    }

    @Test
    void aClusterWithoutASecurityGroupNeedsOneOfTheDeployment() throws Exception {
        ProvisionedCluster orders = TestingClusters.available("orders");
        clusters.with(new ProvisionedCluster(
                "orders",
                "available",
                Optional.of("Available"),
                orders.endpoint(),
                "dev",
                Optional.of(new ProvisionedCluster.Network("vpc-1", "default", Optional.empty(), List.of())),
                "ra3.xlplus",
                2,
                Optional.empty()));
        assertThat(lookupFailure().text())
                .startsWith("cluster 'orders' has no active security group: expected one, or groups for vpc-1 in the"
                        + " variable SECURITY_GROUPS");
        securityGroups = Map.of("vpc-1", List.of("sg-jobs"));
        assertThat(connect().recorded()).isTrue();
    }

    @Test
    void throttlingIsWaitedOutAndDeniedAccessIsNot() throws Exception {
        CallFailure throttled =
                CallFailure.answered(Operation.DESCRIBE_CLUSTERS, 400, "Throttling", "Rate exceeded", true);
        clusters.failing(Operation.DESCRIBE_CLUSTERS, throttled, throttled);
        assertThat(connect().recorded()).isTrue();
        clusters.failing(
                Operation.DESCRIBE_SUBNETS,
                CallFailure.answered(Operation.DESCRIBE_SUBNETS, 403, "AccessDenied", "not authorized", false));
        CallFailure denied = failure();
        assertThat(denied.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(denied.text()).isEqualTo("DescribeClusterSubnetGroups: AccessDenied (403): not authorized");
    }

    @Test
    void throttlingThatStaysIsAnOutcome() {
        CallFailure throttled =
                CallFailure.answered(Operation.DESCRIBE_CLUSTERS, 400, "Throttling", "Rate exceeded", true);
        clusters.failing(Operation.DESCRIBE_CLUSTERS, throttled, throttled, throttled, throttled, throttled);
        assertThat(failure().outcome()).isEqualTo(Outcome.THROTTLED);
        assertThat(clusters.calls()).hasSize(5);
    }

    @Test
    void withoutTimeForACallNoneIsMade() {
        CallFailedException late = catchThrowableOfType(
                CallFailedException.class,
                () -> connect(new SsmConnectionRecord(parameters), () -> Duration.ofSeconds(19)));
        assertThat(late.failure().kind()).isEqualTo(Kind.THROTTLED);
        assertThat(clusters.calls()).isEmpty();
        assertThat(connections.calls()).isEmpty();
    }
}
