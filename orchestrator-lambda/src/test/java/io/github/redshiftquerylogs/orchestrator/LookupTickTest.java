package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.connection.ConnectionRecord;
import io.github.redshiftquerylogs.orchestrator.connection.SsmConnectionRecord;
import io.github.redshiftquerylogs.orchestrator.connection.TestingClusters;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/** Ticks with clusters that have no connection parameter. */
class LookupTickTest {

    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final String CONNECTION = ParameterNames.connection(ORDERS);

    private final TestingServices services = new TestingServices();

    private ClusterResult tick(TestingParameters parameters) {
        return services.tick(parameters, TICK).clusters().get(0);
    }

    /** Runs a tick with a given record of connections. */
    private TickResult tick(TestingParameters parameters, ConnectionRecord record) {
        Services fakes = services.services(parameters);
        return TestingServices.handler(new Services(
                        fakes.settings(),
                        fakes.jobs(),
                        fakes.connections(),
                        record,
                        fakes.directory(),
                        fakes.state(),
                        fakes.monitorTable(),
                        fakes.metrics()))
                .handleRequest(Map.of("time", TICK.toString()), TestingContext.begun());
    }

    /** Adds a cluster by name, user and password only. */
    private static TestingParameters added(String... names) {
        TestingParameters parameters = TestingParameters.withClusters(names);
        for (String name : names) {
            parameters.remove(ParameterNames.connection(new ClusterName(name)));
        }
        return parameters;
    }

    @Test
    void aClusterIsAddedByItsNameUserAndPasswordAndNothingElse() {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = added("orders");
        assertThat(tick(parameters))
                .isEqualTo(new ClusterResult(
                        "orders",
                        "started",
                        "jr_1",
                        "its connection 'orders_rs_query_logs' was created; its job was created"));
        assertThat(parameters.values()).containsEntry(CONNECTION, "orders_rs_query_logs");

        // from now on it is a cluster like any other
        services.state.endRuns(true);
        int calls = services.connections.calls().size();
        assertThat(services.tick(parameters, TICK.plus(Duration.ofHours(1))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", null));
        assertThat(services.connections.calls()).hasSize(calls);
        assertThat(services.clusters.calls().stream().filter(call -> call.equals("DescribeClusters orders")))
                .hasSize(1);
    }

    @Test
    void nothingIsMadeForPlaceholderCredentials() {
        services.clusters.with(TestingClusters.available("orders"));
        assertThat(tick(added("orders").put(ParameterNames.user(ORDERS), "tempuser"))
                        .outcome())
                .isEqualTo("awaiting_credentials");
        assertThat(services.clusters.calls()).isEmpty();
        assertThat(services.connections.calls()).isEmpty();
    }

    @Test
    void aClusterThatCannotBeConnectedTouchesNoOther() {
        services.clusters.with(TestingClusters.available("orders")).with(TestingClusters.paused("sales"));
        TestingParameters parameters = added("orders", "sales", "finance_reports", "hr");
        assertThat(services.tick(parameters, TICK).clusters())
                .extracting(ClusterResult::cluster, ClusterResult::outcome)
                .containsExactly(
                        tuple("finance_reports", "misconfigured"),
                        tuple("hr", "misconfigured"),
                        tuple("orders", "started"),
                        tuple("sales", "failed"));
        assertThat(services.connections.existing()).containsOnlyKeys("orders_rs_query_logs");
        assertThat(services.state.starts).containsOnlyKeys(ORDERS);
    }

    @Test
    void aPausedClusterIsLookedAtByEachTickAndStartedOnceItAnswers() {
        services.clusters.with(TestingClusters.paused("orders"));
        TestingParameters parameters = added("orders");
        assertThat(tick(parameters).detail()).startsWith("cluster 'orders' is paused (Paused) and has no endpoint");
        assertThat(services.jobs.calls()).isEmpty();
        services.clusters.with(TestingClusters.available("orders"));
        assertThat(tick(parameters).outcome()).isEqualTo("started");
    }

    @Test
    void deniedAccessIsTheOutcomeOfThatCluster() {
        services.clusters.failing(
                Operation.DESCRIBE_CLUSTERS,
                CallFailure.answered(Operation.DESCRIBE_CLUSTERS, 403, "AccessDenied", "not authorized", false));
        assertThat(tick(added("orders")))
                .isEqualTo(new ClusterResult(
                        "orders", "failed", null, "DescribeClusters: AccessDenied (403): not authorized"));
    }

    @Test
    void aConnectionThatSomebodyElseRecordsMeanwhileIsTheOneOfTheJob() throws CallFailedException {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = added("orders");
        ConnectionRecord beaten = (cluster, connection) -> {
            parameters.putParameter(PutParameterRequest.builder()
                    .name(CONNECTION)
                    .value("made-by-hand")
                    .overwrite(false)
                    .build());
            return new SsmConnectionRecord(parameters).record(cluster, connection);
        };
        TickResult result = tick(parameters, beaten);
        assertThat(result.clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple(
                        "started",
                        "its connection 'orders_rs_query_logs' was created; somebody else has recorded another one,"
                                + " which is used; its job was created"));
        assertThat(services.jobs.settings("orders_extract_rs_query_logs")).containsEntry("connections", "made-by-hand");
    }

    @Test
    void aConnectionThatSomebodyElseRecordsMeanwhileAndThatCannotBeUsedSaysSo() {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = added("orders");
        ConnectionRecord beaten = (cluster, connection) -> {
            parameters.put(CONNECTION, "redshift-data://orders");
            return false;
        };
        TickResult result = tick(parameters, beaten);
        assertThat(result.clusters()).singleElement().satisfies(cluster -> {
            assertThat(cluster.outcome()).isEqualTo("misconfigured");
            assertThat(cluster.detail())
                    .startsWith(
                            "redshift_query_logs.orders.connection = 'redshift-data://orders': expected the name of");
        });
        assertThat(services.jobs.calls()).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadYetIsWaitedForByTheNextTick() {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = added("orders");
        TickResult result = tick(parameters, (cluster, connection) -> false);
        assertThat(result.clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple(
                        "throttled", "somebody else has just recorded its connection; the next tick goes on with it"));
        assertThat(services.jobs.calls()).isEmpty();
    }

    @Test
    void aDeletedParameterHasTheClusterLookedUpAgainByItsNextStart() {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = added("orders");
        tick(parameters);
        services.state.endRuns(true);
        parameters.remove(CONNECTION);
        assertThat(tick(parameters).outcome()).isEqualTo("not_due");
        assertThat(services.tick(parameters, TICK.plus(Duration.ofHours(1))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", "its connection 'orders_rs_query_logs' already existed"));
        assertThat(parameters.values()).containsEntry(CONNECTION, "orders_rs_query_logs");
    }

    /** Changes a connection as a resize, a relocation or another deployment would. */
    @Test
    void aConnectionOfAClusterThatHasMovedIsUpdatedAfterAFailedRun() {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = added("orders");
        tick(parameters);
        services.state.endRuns(false);
        services.clusters.withSubnets("default", new JobSubnet("subnet-9", "eu-central-1c", true));
        assertThat(services.tick(parameters, TICK.plus(Duration.ofHours(2))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", "its connection 'orders_rs_query_logs' was updated"));
        assertThat(made()).containsEntry("subnet", "subnet-9");
    }

    /** Somebody may have changed it by hand, and it works. */
    @Test
    void aConnectionThatWorksIsNotTouched() {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = added("orders");
        tick(parameters);
        services.state.endRuns(true);
        services.clusters.withSubnets("default", new JobSubnet("subnet-9", "eu-central-1c", true));
        assertThat(services.tick(parameters, TICK.plus(Duration.ofDays(2))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple("started", null));
        assertThat(made()).containsEntry("subnet", "subnet-2");
    }

    @Test
    void aNetworkThatIsNotKnownKeepsNoClusterFromItsStart() {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = added("orders");
        tick(parameters);
        services.state.endRuns(false);
        services.clusters.withSubnets("default");
        assertThat(services.tick(parameters, TICK.plus(Duration.ofHours(2))).clusters())
                .singleElement()
                .satisfies(cluster -> {
                    assertThat(cluster.outcome()).isEqualTo("started");
                    assertThat(cluster.detail())
                            .startsWith("its connection could not be compared with the cluster: the subnet group");
                });
    }

    @Test
    void nothingIsPaidForAClusterThatWasPausedSinceItsConnectionWasMade() {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = added("orders");
        tick(parameters);
        services.state.endRuns(false);
        services.clusters.with(TestingClusters.paused("orders"));
        int starts = services.jobs.calls().size();
        assertThat(services.tick(parameters, TICK.plus(Duration.ofHours(2))).clusters())
                .singleElement()
                .satisfies(cluster -> {
                    assertThat(cluster.outcome()).isEqualTo("failed");
                    assertThat(cluster.detail()).startsWith("cluster 'orders' is paused (Paused) and has no endpoint");
                });
        assertThat(services.jobs.calls()).hasSize(starts);
    }

    @Test
    void aClusterThatCannotBeLookedUpNowIsStartedByTheConnectionThatItHas() {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = added("orders");
        tick(parameters);
        services.state.endRuns(false);
        services.clusters.failing(
                Operation.DESCRIBE_CLUSTERS,
                CallFailure.answered(Operation.DESCRIBE_CLUSTERS, 403, "AccessDenied", "not authorized", false));
        assertThat(services.tick(parameters, TICK.plus(Duration.ofHours(2))).clusters())
                .extracting(ClusterResult::outcome, ClusterResult::detail)
                .containsExactly(tuple(
                        "started",
                        "its connection could not be compared with the cluster: DescribeClusters: AccessDenied (403):"
                                + " not authorized"));
    }

    @Test
    void aConnectionThatSomebodyElseHasMadeUnderThatNameIsTheirs() {
        TestingParameters parameters = TestingParameters.withClusters("orders").put(CONNECTION, "orders_rs_query_logs");
        services.connections.put("orders_rs_query_logs", Map.of("description", "the network team's"));
        tick(parameters);
        services.state.endRuns(false);
        assertThat(services.tick(parameters, TICK.plus(Duration.ofHours(2))).clusters())
                .extracting(ClusterResult::outcome)
                .containsExactly("started");
        assertThat(services.connections.calls()).containsExactly("GetConnection");
        assertThat(services.clusters.calls()).doesNotContain("DescribeClusters orders");
    }

    @Test
    void aConnectionThatWasDeletedByHandIsMadeAgain() {
        services.clusters.with(TestingClusters.available("orders"));
        TestingParameters parameters = TestingParameters.withClusters("orders").put(CONNECTION, "orders_rs_query_logs");
        tick(parameters);
        services.state.endRuns(false);
        assertThat(services.tick(parameters, TICK.plus(Duration.ofHours(2))).clusters())
                .extracting(ClusterResult::detail)
                .containsExactly("its connection 'orders_rs_query_logs' was created");
        assertThat(made()).containsEntry("subnet", "subnet-2");
    }

    private Map<String, String> made() {
        return services.connections.existing().getOrDefault("orders_rs_query_logs", Map.of());
    }
}
