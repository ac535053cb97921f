package io.github.redshiftquerylogs.sandbox.aws.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.sandbox.aws.TestingEndpoint;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.redshift.model.Cluster;
import software.amazon.awssdk.services.redshift.model.ClusterNotFoundException;
import software.amazon.awssdk.services.redshift.model.ClusterSubnetGroup;
import software.amazon.awssdk.services.redshift.model.ClusterSubnetGroupNotFoundException;
import software.amazon.awssdk.services.redshift.model.DescribeClustersResponse;
import software.amazon.awssdk.services.redshift.model.RedshiftException;

class ClusterOperationsTest {

    @AutoClose
    private final TestingEndpoint aws = new TestingEndpoint();

    private void add(String identifier) {
        aws.endpoint.warehouses().addCluster(ClusterDetails.of(identifier, "10.0.0.1", 5439, "dev"));
    }

    @Test
    void aClusterIsDescribedAsRegistered() {
        add("alpha");

        Cluster cluster = aws.redshift
                .describeClusters(describe -> describe.clusterIdentifier("alpha"))
                .clusters()
                .get(0);

        assertThat(cluster.clusterIdentifier()).isEqualTo("alpha");
        assertThat(cluster.endpoint().address()).isEqualTo("10.0.0.1");
        assertThat(cluster.endpoint().port()).isEqualTo(5439);
        assertThat(cluster.dbName()).isEqualTo("dev");
        assertThat(cluster.nodeType()).isEqualTo("ra3.xlplus");
        assertThat(cluster.numberOfNodes()).isEqualTo(2);
        assertThat(cluster.clusterStatus()).isEqualTo("available");
        assertThat(cluster.clusterAvailabilityStatus()).isEqualTo("Available");
        assertThat(cluster.vpcSecurityGroups())
                .singleElement()
                .satisfies(group -> assertThat(group.vpcSecurityGroupId()).isEqualTo("sg-0a1b2c3d4e5f60718"));
        assertThat(cluster.clusterNamespaceArn())
                .matches("arn:aws:redshift:eu-central-1:000000000000:namespace:[0-9a-f-]{36}");
        assertThat(cluster.encrypted()).isTrue();
        assertThat(cluster.publiclyAccessible()).isFalse();
        assertThat(cluster.availabilityZone()).isEqualTo("eu-central-1a");
        assertThat(cluster.vpcId()).isEqualTo("vpc-0a1b2c3d4e5f60718");
    }

    @Test
    void theSubnetGroupTellsTheZoneOfEachSubnet() {
        add("alpha");
        String name =
                aws.redshift.describeClusters(describe -> {}).clusters().get(0).clusterSubnetGroupName();

        ClusterSubnetGroup group = aws.redshift
                .describeClusterSubnetGroups(describe -> describe.clusterSubnetGroupName(name))
                .clusterSubnetGroups()
                .get(0);

        assertThat(group.subnets())
                .extracting(subnet -> subnet.subnetAvailabilityZone().name())
                .containsExactly("eu-central-1a", "eu-central-1b");
        assertThat(group.vpcId()).isEqualTo("vpc-0a1b2c3d4e5f60718");
        assertThatExceptionOfType(ClusterSubnetGroupNotFoundException.class)
                .isThrownBy(() ->
                        aws.redshift.describeClusterSubnetGroups(describe -> describe.clusterSubnetGroupName("none")));
    }

    @Test
    void anUnknownClusterIsNotFound() {
        assertThatExceptionOfType(ClusterNotFoundException.class)
                .isThrownBy(() -> aws.redshift.describeClusters(describe -> describe.clusterIdentifier("none")))
                .satisfies(e -> {
                    assertThat(e.statusCode()).isEqualTo(404);
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ClusterNotFound");
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Cluster none not found.");
                });
    }

    @Test
    void clustersComeInPages() {
        List<String> names = IntStream.range(0, 45).mapToObj("c%02d"::formatted).toList();
        names.forEach(this::add);

        DescribeClustersResponse first = aws.redshift.describeClusters(describe -> describe.maxRecords(20));
        assertThat(first.clusters()).hasSize(20);
        assertThat(first.marker()).isNotEmpty();
        assertThat(aws.redshift
                        .describeClustersPaginator(describe -> describe.maxRecords(20))
                        .clusters())
                .extracting(Cluster::clusterIdentifier)
                .containsExactlyElementsOf(names);
        assertThat(aws.redshift.describeClusters(describe -> {}).marker()).isNull();
        assertThatExceptionOfType(RedshiftException.class)
                .isThrownBy(() -> aws.redshift.describeClusters(describe -> describe.maxRecords(5)))
                .withMessageContaining("MaxRecords");
    }

    @Test
    void faultsWorkAsForTheJsonServices() {
        aws.endpoint.failNext("DescribeClusters", new AwsError("Throttling", "Rate exceeded"), 1);
        assertThatExceptionOfType(RedshiftException.class)
                .isThrownBy(() -> aws.redshift.describeClusters(describe -> {}))
                .satisfies(e -> assertThat(e.isThrottlingException()).isTrue());

        aws.endpoint.dropReplyAfter("DescribeClusters");
        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> aws.redshift.describeClusters(describe -> {}));

        assertThat(aws.endpoint.callCount("DescribeClusters")).isEqualTo(2);
    }

    @Test
    void anOperationThatIsNotThereIsNamed() {
        assertThatExceptionOfType(RedshiftException.class)
                .isThrownBy(() -> aws.redshift.describeTags(describe -> {}))
                .withMessageContaining("DescribeTags")
                .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAction"));
    }

    @Test
    void callsAreRememberedWithKeyAndService() {
        add("alpha");
        aws.redshift.describeClusters(describe -> describe.clusterIdentifier("alpha"));
        aws.secretsManager.createSecret(create -> create.name("s").secretString("geheim"));

        assertThat(aws.endpoint.calls())
                .extracting(ReceivedCall::toString)
                .containsExactly(
                        "ReceivedCall[local redshift:DescribeClusters]",
                        "ReceivedCall[local secretsmanager:CreateSecret]");
        assertThat(aws.endpoint.calls().get(0).body()).contains("ClusterIdentifier=alpha");
        aws.endpoint.forgetCalls();
        assertThat(aws.endpoint.calls()).isEmpty();
    }
}
