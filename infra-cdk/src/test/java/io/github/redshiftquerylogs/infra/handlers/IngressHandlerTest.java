package io.github.redshiftquerylogs.infra.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.handlers.TestingSecurityGroups.Rule;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.PolicyStatement;
import io.github.redshiftquerylogs.infra.policy.RecordedCalls;
import io.github.redshiftquerylogs.infra.policy.ServiceReference;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.sandbox.aws.redshift.ClusterDetails;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** With clusters and parameters of the local AWS endpoint, which has pages as Redshift has, and a server for rules. */
@NeedsNode
class IngressHandlerTest {

    private static final String LIST = "redshift_query_logs.global.enabled_cluster_list";
    private static final Map<String, String> OURS = Map.of("project", "redshift-query-logs");

    @AutoClose
    private final LocalAwsEndpoint aws = LocalAwsEndpoint.start(request -> {
        throw new UnsupportedOperationException("no job is started here");
    });

    @AutoClose
    private final SsmClient ssm = SsmClient.builder()
            .endpointOverride(aws.uri())
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    @AutoClose
    private TestingSecurityGroups groups;

    private Handler handler;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        groups = new TestingSecurityGroups();
        handler = new Handler(
                "ingress",
                aws.uri(),
                Map.of("AWS_ENDPOINT_URL_EC2", groups.uri().toString()));
    }

    @Test
    void theJobsAreLetInAtAClusterOnItsPort() throws Exception {
        cluster("finance", 5440, "vpc-1", "sg-finance");

        assertThat(create("finance")).isEqualTo("none");

        assertThat(groups.rules())
                .containsExactly(new Rule(
                        "sgr-made-0",
                        "sg-finance",
                        false,
                        "tcp",
                        5440,
                        5440,
                        "sg-jobs",
                        "Export jobs of redshift-query-logs",
                        OURS));
    }

    @Test
    void theJobsAreLetInAtTheOtherClustersOfTheListToo() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-finance");
        cluster("sales", 5439, "vpc-1", "sg-sales");
        cluster("neither", 5439, "vpc-1", "sg-neither");
        put(LIST, " sales , finance");

        create("finance");

        assertThat(groups.rules()).extracting(Rule::group).containsExactly("sg-finance", "sg-sales");
    }

    @Test
    void theHandlerMayDoWhatItDoes() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-finance");
        put(LIST, "finance");
        aws.forgetCalls();
        create("finance");
        handler.invoke("Delete", properties("finance"), 60);
        PolicyEvaluation policies = SynthesizedStack.with(Map.of("vpc", "vpc-0abc1234", "subnets", "subnet-0abc1234"))
                .policiesOf("NetworkIngressRole");
        List<Call> calls = RecordedCalls.of(aws.calls());

        assertThat(calls).extracting(Call::action).containsOnly("ssm:GetParameters", "redshift:DescribeClusters");
        assertThat(policies.refused(calls)).isEmpty();
        assertThat(ServiceReference.refused(policies, calls)).isEmpty();
        // rules are tagged by the call that makes them
        assertThat(policies.statements())
                .flatExtracting(PolicyStatement::actions)
                .filteredOn(action -> action.startsWith("ec2:"))
                .containsOnly(Stream.concat(Stream.of("ec2:CreateTags"), groups.actions().stream())
                        .toArray(String[]::new));
    }

    @Test
    void aSecondDeploymentAddsNoRule() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-finance");

        create("finance");
        handler.invoke("Update", properties("finance"), 60);

        assertThat(groups.rules()).hasSize(1);
    }

    @Test
    void oneOfTheClustersGroupsIsEnoughAndAlwaysTheSame() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-b", "sg-a", "sg-c");

        create("finance");

        assertThat(groups.rules()).extracting(Rule::group).containsExactly("sg-a");
    }

    /** On the second page, at the second group. */
    @Test
    void aWiderRuleOfSomebodyElseAtAnyOfItsGroupsIsEnough() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-a", "sg-b");
        groups.add(Rule.ingress("sgr-1", "sg-a", "tcp", 0, 65535, "sg-offices"));
        groups.add(Rule.ingress("sgr-2", "sg-b", "tcp", 5000, 6000, "sg-jobs"));

        create("finance");

        assertThat(groups.rules()).hasSize(2);
    }

    @Test
    void aRuleForAnotherPortProtocolOrDirectionIsNot() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-finance");
        groups.add(Rule.ingress("sgr-1", "sg-finance", "tcp", 5440, 5440, "sg-jobs"));
        groups.add(Rule.ingress("sgr-2", "sg-finance", "udp", 0, 65535, "sg-jobs"));
        groups.add(Rule.ingress("sgr-3", "sg-finance", "-1", -1, -1, "sg-jobs").outbound());

        create("finance");

        assertThat(groups.rules()).hasSize(4);
    }

    @Test
    void aRuleOfAllTrafficIsEnough() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-finance");
        groups.add(Rule.ingress("sgr-1", "sg-finance", "-1", -1, -1, "sg-jobs"));

        create("finance");

        assertThat(groups.rules()).hasSize(1);
    }

    @Test
    void aRuleAddedConcurrentlyIsAccepted() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-finance");
        groups.addUndescribed(Rule.ingress("sgr-1", "sg-finance", "tcp", 5439, 5439, "sg-jobs"));

        assertThat(create("finance")).isEqualTo("none");

        assertThat(groups.rules()).hasSize(1);
    }

    @Test
    void aClusterOfTheDataApiNeedsNoRule() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-finance");
        cluster("sales", 5439, "vpc-1", "sg-sales");
        put("redshift_query_logs.finance.connection", " redshift-data://finance/dev");
        put("redshift_query_logs.web.connection", "redshift-data://serverless/web/dev");
        put("redshift_query_logs.sales.connection", "sales_rs_query_logs");

        assertThat(create("finance", "web", "sales")).isEqualTo("none");

        assertThat(groups.rules()).extracting(Rule::group).containsExactly("sg-sales");
    }

    @Test
    void clustersWithoutARuleAreNamedWithTheReasonAndDoNotFailTheDeployment() throws Exception {
        cluster("elsewhere", 5439, "vpc-2", "sg-elsewhere");
        aws.warehouses()
                .addCluster(description("young", "", 5439, "vpc-1", List.of("sg-young"))
                        .withStatus("creating"));
        cluster("bare", 5439, "vpc-1");
        cluster("full", 5439, "vpc-1", "sg-full");
        groups.fill("sg-full");
        cluster("finance", 5439, "vpc-1", "sg-finance");
        put(LIST, "No Such Name");

        assertThat(create("elsewhere", "young", "unknown", "bare", "full", "finance"))
                .isEqualTo("elsewhere: it is in vpc-2, not in vpc-1; "
                        + "young: it is creating and has no endpoint yet; deploy again when it has; "
                        + "unknown: no provisioned cluster of this name in this account and Region; "
                        + "bare: it has no active security group; "
                        + "full: The maximum number of rules per security group has been reached.; "
                        + "No Such Name: no provisioned cluster of this name in this account and Region");

        assertThat(groups.rules()).extracting(Rule::group).containsExactly("sg-finance");
    }

    /** Parameter Store refuses the whole call if one name is not a legal parameter name. */
    @Test
    void anEntryThatCannotHaveAParameterIsNotAskedFor() throws Exception {
        put(LIST, "No Such Name");

        create();

        assertThat(aws.callCount("GetParameters")).isEqualTo(1);
    }

    /** Redshift's description of a cluster whose groups are being changed. */
    @Test
    void aGroupThatIsBeingRemovedFromTheClusterIsNotUsed() throws Exception {
        String memberships = "<VpcSecurityGroup><VpcSecurityGroupId>sg-a</VpcSecurityGroupId><Status>removing</Status>"
                + "</VpcSecurityGroup><VpcSecurityGroup><VpcSecurityGroupId>sg-b</VpcSecurityGroupId>"
                + "<Status>active</Status></VpcSecurityGroup>";
        String reply = "<DescribeClustersResult><Clusters><Cluster><ClusterIdentifier>finance</ClusterIdentifier>"
                + "<VpcId>vpc-1</VpcId><Endpoint><Port>5439</Port></Endpoint><VpcSecurityGroups>" + memberships
                + "</VpcSecurityGroups></Cluster></Clusters></DescribeClustersResult>";
        try (QueryServer redshift = new QueryServer(Map.of("DescribeClusters", form -> reply))) {
            new Handler(
                            "ingress",
                            aws.uri(),
                            Map.of(
                                    "AWS_ENDPOINT_URL_EC2", groups.uri().toString(),
                                    "AWS_ENDPOINT_URL_REDSHIFT", redshift.uri().toString()))
                    .create(properties("finance"));
        }

        assertThat(groups.rules()).extracting(Rule::group).containsExactly("sg-b");
    }

    /** CloudFormation accepts replies of at most 4 kB. */
    @Test
    void manyReasonsAreCutShort() throws Exception {
        put(LIST, String.join(",", names(40)));

        assertThat(create()).hasSizeLessThan(1100).endsWith("… (all are in the log)");
    }

    @Test
    void aClusterOnTheSecondPageIsFound() throws Exception {
        for (String name : names(101)) {
            cluster(name, 5439, "vpc-1", "sg-of-" + name);
        }

        create("cluster-100");

        assertThat(aws.callCount("DescribeClusters")).isEqualTo(2);
        assertThat(groups.rules()).extracting(Rule::group).containsExactly("sg-of-cluster-100");
    }

    @Test
    void manyClustersAreAskedForInSeveralCalls() throws Exception {
        for (String name : names(25)) {
            cluster(name, 5439, "vpc-1", "sg-all");
        }
        put("redshift_query_logs.cluster-24.connection", "redshift-data://cluster-24/dev");

        create(names(25));

        // the list, and three times ten
        assertThat(aws.callCount("GetParameters")).isEqualTo(4);
        assertThat(groups.rules()).hasSize(1);
    }

    @Test
    void aClusterThatLeavesTheListKeepsItsRule() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-finance");
        create("finance");

        handler.invoke("Update", properties(), 60);

        assertThat(groups.rules()).hasSize(1);
    }

    /** On several pages. */
    @Test
    void deletionRemovesOnlyTheRulesOfTheStack() throws Exception {
        cluster("finance", 5439, "vpc-1", "sg-finance");
        cluster("sales", 5439, "vpc-1", "sg-sales");
        Rule byHand = Rule.ingress("sgr-1", "sg-finance", "tcp", 22, 22, "sg-jobs");
        Rule ofAnotherDeployment = Rule.ingress("sgr-2", "sg-finance", "tcp", 5439, 5439, "sg-other-jobs")
                .tagged("project", "redshift-query-logs");
        Rule ofAnotherProject =
                Rule.ingress("sgr-3", "sg-finance", "tcp", 23, 23, "sg-jobs").tagged("project", "another");
        Rule outbound = Rule.ingress("sgr-4", "sg-finance", "tcp", 443, 443, "sg-jobs")
                .tagged("project", "redshift-query-logs")
                .outbound();
        List.of(byHand, ofAnotherDeployment, ofAnotherProject, outbound).forEach(groups::add);
        create("finance", "sales");
        assertThat(groups.rules()).hasSize(6);

        handler.invoke("Delete", properties("finance"), 60);

        assertThat(groups.rules()).containsExactly(byHand, ofAnotherDeployment, ofAnotherProject, outbound);
    }

    @Test
    void aRuleRemovedConcurrentlyDoesNotFailTheDeletion() throws Exception {
        groups.addGone(Rule.ingress("sgr-1", "sg-finance", "tcp", 5439, 5439, "sg-jobs")
                .tagged("project", "redshift-query-logs"));
        groups.add(Rule.ingress("sgr-2", "sg-sales", "tcp", 5439, 5439, "sg-jobs")
                .tagged("project", "redshift-query-logs"));

        handler.invoke("Delete", properties(), 60);

        assertThat(groups.rules()).extracting(Rule::id).containsExactly("sgr-1");
    }

    /** The group is the physical resource id: if it changes, CloudFormation deletes the rules for the old group. */
    @Test
    void theGroupIsTheResourcesId() throws Exception {
        assertThat(handler.create(properties()).path("PhysicalResourceId").asText())
                .isEqualTo("sg-jobs");
    }

    @Test
    void withoutAGroupOrATagNoRuleIsTouched() {
        groups.add(Rule.ingress("sgr-1", "sg-finance", "tcp", 5439, 5439, "sg-jobs")
                .tagged("project", "redshift-query-logs"));

        for (Map<String, Object> properties : List.<Map<String, Object>>of(
                Map.of("SourceGroup", "sg-jobs"), Map.of("Tag", Map.of("Key", "project", "Value", "a")))) {
            assertThatThrownBy(() -> handler.invoke("Delete", properties, 60))
                    .hasMessage("SourceGroup or Tag = (missing): expected both; no rule was touched");
        }
        assertThat(groups.rules()).hasSize(1);
    }

    @Test
    void aListThatCannotBeReadFailsTheDeploymentBeforeARuleIsMade() {
        cluster("finance", 5439, "vpc-1", "sg-finance");
        aws.failNext("GetParameters", new AwsError("AccessDeniedException", "not allowed"), 1);

        assertThatThrownBy(() -> create("finance")).hasMessageContaining("not allowed");
        assertThat(groups.rules()).isEmpty();
    }

    private String create(String... clusters) throws IOException, InterruptedException {
        return handler.create(properties(clusters)).at("/Data/NotLetIn").asText();
    }

    private void cluster(String name, int port, String vpc, String... securityGroups) {
        aws.warehouses().addCluster(description(name, name + ".example.com", port, vpc, List.of(securityGroups)));
    }

    private static ClusterDetails description(
            String name, String host, int port, String vpc, List<String> securityGroups) {
        ClusterDetails usual = ClusterDetails.of(name, host, port, "dev");
        return new ClusterDetails(
                name,
                host,
                port,
                usual.database(),
                usual.nodeType(),
                usual.nodes(),
                usual.status(),
                vpc,
                usual.subnetGroup(),
                securityGroups,
                usual.availabilityZone(),
                usual.namespaceArn(),
                true,
                false);
    }

    private void put(String name, String value) {
        ssm.putParameter(
                request -> request.name(name).type(ParameterType.STRING).value(value));
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(number -> "cluster-" + number).toArray(String[]::new);
    }

    private static Map<String, Object> properties(String... clusters) {
        return Map.of(
                "SourceGroup",
                "sg-jobs",
                "VpcId",
                "vpc-1",
                "Tag",
                Map.of("Key", "project", "Value", "redshift-query-logs"),
                "Clusters",
                List.of(clusters),
                "List",
                LIST,
                "ConnectionParameter",
                "redshift_query_logs.*.connection",
                "DataApi",
                "redshift-data://");
    }
}
