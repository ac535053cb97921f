package io.github.redshiftquerylogs.infra.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsNode
class TableOptimizersTest {

    private static final String TYPE = "AWS::Glue::TableOptimizer";
    private static final Duration LONGEST_RUN = Duration.ofMinutes(30);
    private static final String REGION = "eu-central-1";
    private static final String ACCOUNT = REGION + ":000000000000:";

    private final SynthesizedStack stack = SynthesizedStack.with(Map.of("bucket", "the-lake"));

    @Test
    void eachTableLosesItsOrphanFilesAndIsOtherwiseLeftToTheJob() {
        assertThat(stack.resources(TYPE).values())
                .extracting(optimizer -> optimizer.at("/Properties/TableName").asText() + " "
                        + optimizer.at("/Properties/Type").asText())
                .containsExactlyInAnyOrder("stl_query orphan_file_deletion", "stl_querytext orphan_file_deletion");
        assertThat(stack.resources(TYPE).values()).allSatisfy(optimizer -> {
            assertThat(optimizer.at("/Properties/DatabaseName").asText()).isEqualTo("redshift_query_logs_db");
            assertThat(configuration(optimizer).path("Enabled").asBoolean()).isTrue();
        });
    }

    @Test
    void theyAreCreatedAfterTheTablesAndTheirRole() {
        assertThat(stack.resources(TYPE).values())
                .isNotEmpty()
                .allSatisfy(optimizer -> assertThat(optimizer.path("DependsOn").toString())
                        .contains(
                                stack.resources("Custom::RedshiftQueryLogsStatements")
                                        .firstKey(),
                                "TableOptimizersRoleDefaultPolicy"));
    }

    @Test
    void filesThatARunHasNotCommittedYetAreNoOrphans() {
        JsonNode orphans = orphans("stl_query");

        assertThat(Duration.ofDays(
                        orphans.path("OrphanFileRetentionPeriodInDays").asInt()))
                .isGreaterThan(LONGEST_RUN.multipliedBy(10));
    }

    /**
     * Without the final slash, the prefix {@code …/stl_query} would include {@code …/stl_querytext}, whose files do not
     * belong to that table.
     */
    @ParameterizedTest
    @CsvSource({"stl_query, s3://the-lake/lake/data/stl_query/", "stl_querytext, s3://the-lake/lake/data/stl_querytext/"
    })
    void orphansAreLookedForInTheTablesOwnFolderOnly(String table, String location) {
        assertThat(orphans(table).path("Location").asText()).isEqualTo(location);
    }

    @Test
    void glueTakesTheRoleForThisAccountOnly() {
        JsonNode trust =
                stack.properties("AWS::IAM::Role", "TableOptimizersRole").at("/AssumeRolePolicyDocument/Statement");

        assertThat(trust.findValuesAsText("Service")).containsExactly("glue.amazonaws.com");
        assertThat(trust.at("/0/Condition/StringEqualsIfExists/aws:SourceAccount/Ref")
                        .asText())
                .isEqualTo("AWS::AccountId");
        assertThat(stack.resources(TYPE).values())
                .allSatisfy(optimizer -> assertThat(
                                configuration(optimizer).path("RoleArn").toString())
                        .contains("TableOptimizersRole"));
    }

    @Test
    void theRoleReachesTheTablesOfTheLakeAndNothingElse() {
        PolicyEvaluation role = new TemplateValues(Map.of()).policiesOf(stack.template(), "TableOptimizersRole");
        String table = "arn:aws:glue:" + ACCOUNT + "table/redshift_query_logs_db/";

        for (String action : List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject")) {
            assertThat(role.allows(call(action, "arn:aws:s3:::the-lake/lake/data/stl_query/data/a.parquet")))
                    .isTrue();
            assertThat(role.allows(call(action, "arn:aws:s3:::the-lake/staging/a")))
                    .isFalse();
            assertThat(role.allows(call(action, "arn:aws:s3:::another/lake/data/a")))
                    .isFalse();
        }
        Call list = call("s3:ListBucket", "arn:aws:s3:::the-lake");
        assertThat(role.allows(list)).isTrue();
        assertThat(role.allows(list.with("aws:RequestedRegion", "us-east-1"))).isFalse();
        for (String action : List.of("glue:GetTable", "glue:UpdateTable")) {
            assertThat(role.allows(call(action, table + "stl_query"))).isTrue();
            assertThat(role.allows(call(action, table + "mine"))).isFalse();
        }
        assertThat(role.allows(call("glue:DeleteTable", table + "stl_query"))).isFalse();
        assertThat(role.allows(call(
                        "logs:PutLogEvents",
                        "arn:aws:logs:" + ACCOUNT
                                + "log-group:/aws-glue/iceberg-orphan-file-deletion/logs:log-stream:a")))
                .isTrue();
        assertThat(role.allows(call("logs:PutLogEvents", "arn:aws:logs:" + ACCOUNT + "log-group:/mine:log-stream:a")))
                .isFalse();
    }

    @Test
    void theyAreCreatedInRegionsWithTableOptimizers() {
        String condition = stack.resources(TYPE)
                .values()
                .iterator()
                .next()
                .path("Condition")
                .asText();
        JsonNode offered = stack.template().at("/Conditions/" + condition);

        assertThat(stack.resources(TYPE).values())
                .allSatisfy(optimizer ->
                        assertThat(optimizer.path("Condition").asText()).isEqualTo(condition));
        assertThat(offered.findValues("Fn::Equals")).hasSize(15);
        assertThat(offered.toString())
                .contains("[{\"Ref\":\"AWS::Region\"},\"eu-central-1\"]")
                .doesNotContain("eu-west-3");
        // CloudFormation allows at most ten operands
        assertThat(offered.findValues("Fn::Or")).allSatisfy(or -> assertThat(or).hasSizeBetween(2, 10));
    }

    @Test
    void theyCanBeLeftOut() {
        SynthesizedStack without = SynthesizedStack.with(Map.of("tableOptimizers", "false"));

        assertThat(without.resources(TYPE)).isEmpty();
        assertThat(without.resources("AWS::IAM::Role").keySet()).noneMatch(id -> id.startsWith("TableOptimizers"));
    }

    private JsonNode orphans(String table) {
        JsonNode optimizer = stack.resources(TYPE).values().stream()
                .filter(resource ->
                        resource.at("/Properties/TableName").asText().equals(table))
                .findAny()
                .orElseThrow();
        return new TemplateValues(Map.of())
                .resolve(configuration(optimizer).at("/OrphanFileDeletionConfiguration/IcebergConfiguration"));
    }

    private static JsonNode configuration(JsonNode optimizer) {
        return optimizer.at("/Properties/TableOptimizerConfiguration");
    }

    private static Call call(String action, String resource) {
        return Call.of(action, resource).with("aws:RequestedRegion", REGION);
    }
}
