package io.github.redshiftquerylogs.orchestrator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.sandbox.aws.redshift.SubnetGroup;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.redshift.RedshiftClient;

/** The real client against the local AWS endpoint, which pages like Redshift: a hundred clusters each. */
@Timeout(60)
class SdkClusterDirectoryTest extends ClusterDirectoryContract {

    private LocalAwsEndpoint aws;
    private RedshiftClient redshift;

    @BeforeEach
    void start() {
        aws = LocalAwsEndpoint.start(request -> {
            throw new IllegalStateException("no job is started here");
        });
        redshift = RedshiftClient.builder().endpointOverride(aws.uri()).build();
    }

    @AfterEach
    void stop() {
        redshift.close();
        aws.close();
    }

    @Override
    ClusterDirectory directory() {
        return new SdkClusterDirectory(redshift);
    }

    @Override
    ProvisionedCluster make(String identifier) {
        io.github.redshiftquerylogs.sandbox.aws.redshift.ClusterDetails made =
                io.github.redshiftquerylogs.sandbox.aws.redshift.ClusterDetails.of(
                        identifier, identifier + ".example.com", 5439, "dev");
        aws.warehouses().addCluster(made);
        return new ProvisionedCluster(
                identifier,
                "available",
                Optional.of("Available"),
                Optional.of(new ProvisionedCluster.Endpoint(made.host(), made.port())),
                made.database(),
                Optional.of(new ProvisionedCluster.Network(
                        made.vpcId(), made.subnetGroup(), Optional.of(made.availabilityZone()), made.securityGroups())),
                made.nodeType(),
                made.nodes(),
                Optional.of(made.namespaceArn()));
    }

    @Override
    void makeSubnets(String group, JobSubnet... subnets) {
        aws.warehouses()
                .addSubnetGroup(new SubnetGroup(
                        group,
                        "vpc-7",
                        Arrays.stream(subnets)
                                .map(subnet -> new SubnetGroup.Subnet(subnet.id(), subnet.availabilityZone()))
                                .toList()));
    }

    @Test
    void threePagesAreThreeCalls() throws CallFailedException {
        allClustersAreListedHoweverManyPagesTheyTake();
        // one more to find a single cluster
        assertThat(aws.callCount("DescribeClusters")).isEqualTo(4);
    }

    @Test
    void oneCallWouldMissAllButTheFirstHundred() throws CallFailedException {
        allClustersAreListedHoweverManyPagesTheyTake();
        assertThat(redshift.describeClusters().clusters()).hasSize(100);
    }

    @Test
    void aClusterThatIsBeingCreatedHasNoEndpoint() throws CallFailedException {
        aws.warehouses()
                .addCluster(
                        io.github.redshiftquerylogs.sandbox.aws.redshift.ClusterDetails.of("orders", "", 5439, "dev")
                                .withStatus("creating"));
        ProvisionedCluster orders = directory().find("orders").orElseThrow();
        assertThat(orders.endpoint()).isEmpty();
        assertThat(orders.answers()).isFalse();
        assertThat(orders.status()).isEqualTo("creating");
    }

    @Test
    void deniedAccessIsToldApartFromAClusterThatIsNotThere() {
        aws.failNext("DescribeClusters", new AwsError("AccessDenied", "not authorized to perform this", 403), 1);
        CallFailure denied = catchThrowableOfType(
                        CallFailedException.class, () -> directory().find("orders"))
                .failure();
        assertThat(denied.kind()).isEqualTo(Kind.REFUSED);
        assertThat(denied.text()).isEqualTo("DescribeClusters: AccessDenied (403): not authorized to perform this");
    }

    @Test
    void throttlingThatOutlastsTheClientsOwnPatienceIsThrottling() {
        aws.failNext("DescribeClusters", new AwsError("Throttling", "Rate exceeded", 400), 20);
        assertThat(catchThrowableOfType(
                                CallFailedException.class, () -> directory().all())
                        .failure()
                        .kind())
                .isEqualTo(Kind.THROTTLED);
    }

    @Test
    void whereNobodyListensNothingIsSent() {
        try (RedshiftClient nobody = RedshiftClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:9"))
                .build()) {
            assertThat(catchThrowableOfType(CallFailedException.class, () -> new SdkClusterDirectory(nobody).all())
                            .failure()
                            .text())
                    .startsWith("DescribeClusters: not sent: ");
        }
    }
}
