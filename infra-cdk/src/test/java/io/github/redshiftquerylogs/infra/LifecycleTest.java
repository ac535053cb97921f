package io.github.redshiftquerylogs.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Deletion of the stack, and deployment of the next one. */
@NeedsNode
class LifecycleTest {

    private final SynthesizedStack stack = SynthesizedStack.standard();

    @Test
    void resourcesWithHistoryAreRetained() {
        Set<String> retained = new TreeSet<>();
        stack.template().path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("DeletionPolicy").asText().equals("Retain")) {
                assertThat(resource.getValue().path("UpdateReplacePolicy").asText())
                        .isEqualTo("Retain");
                retained.add(resource.getValue().path("Type").asText());
            }
        });

        assertThat(retained)
                .containsExactly("AWS::DynamoDB::GlobalTable", "AWS::KMS::Alias", "AWS::KMS::Key", "AWS::S3::Bucket");
    }

    @Test
    void nothingThatIsRetainedHasAFixedName() {
        assertThat(stack.properties("AWS::DynamoDB::GlobalTable", "Storage").has("TableName"))
                .isFalse();
        assertThat(stack.properties("AWS::S3::Bucket", "Storage").has("BucketName"))
                .isFalse();
        assertThat(stack.properties("AWS::KMS::Alias", "Key").path("AliasName").toString())
                .contains("AWS::StackId");
    }

    @Test
    void noParameterConnectionJobOrTableIsTheStacksOwn() {
        List<String> types = new ArrayList<>();
        stack.template()
                .path("Resources")
                .forEach(resource -> types.add(resource.path("Type").asText()));

        assertThat(types)
                .doesNotContain(
                        "AWS::SSM::Parameter",
                        "AWS::Glue::Connection",
                        "AWS::Glue::Job",
                        "AWS::Glue::Database",
                        "AWS::Glue::Table",
                        "AWS::SecretsManager::Secret");
    }

    @Test
    void ticksComeAfterParametersAndTablesAndGoBeforeTheRemovalOfJobs() {
        for (String type :
                List.of("AWS::Scheduler::Schedule", "AWS::Events::Rule", "AWS::Lambda::EventSourceMapping")) {
            List<String> before = new ArrayList<>();
            stack.resource(type, "Orchestration").path("DependsOn").forEach(id -> before.add(id.asText()));

            assertThat(before)
                    .containsExactlyInAnyOrder(
                            idOf("Custom::RedshiftQueryLogsParameters"),
                            idOf("Custom::RedshiftQueryLogsJobRemoval"),
                            idOf("Custom::RedshiftQueryLogsStatements"));
        }
    }

    /** The parameters handler refuses another bucket than the last deployment's, before a table is created there. */
    @Test
    void tablesComeAfterParameters() {
        assertThat(stack.resource("Custom::RedshiftQueryLogsStatements", "")
                        .path("DependsOn")
                        .toString())
                .contains(idOf("Custom::RedshiftQueryLogsParameters"));
    }

    @Test
    void placeholdersAreMarkedAsTheirClusters() {
        assertThat(stack.properties("Custom::RedshiftQueryLogsParameters", "").path("Parameters"))
                .filteredOn(parameter -> !parameter.path("Name").asText().startsWith("redshift_query_logs.global."))
                .hasSize(4)
                .allSatisfy(parameter -> assertThat(parameter.path("Name").asText())
                        .startsWith("redshift_query_logs."
                                + parameter.path("Cluster").asText("no cluster") + "."));
    }

    @Test
    void handlersHaveTheirRightsBeforeTheyRunAndUntilTheyAreDone() {
        Map<String, String> roles = Map.of(
                "Custom::RedshiftQueryLogsParameters", "ParametersRoleDefaultPolicy",
                "Custom::RedshiftQueryLogsJobRemoval", "JobRemovalRoleDefaultPolicy",
                "Custom::RedshiftQueryLogsStatements", "AthenaStatementsRoleDefaultPolicy");
        roles.forEach((type, policy) -> assertThat(
                        stack.resource(type, "").path("DependsOn").toString())
                .contains(policy));
    }

    @Test
    void aClusterLeftOutLeavesTheTemplateWithoutIt() {
        JsonNode without = SynthesizedStack.with(Map.of()).properties("Custom::RedshiftQueryLogsParameters", "");

        assertThat(without.at("/List/Clusters")).isEmpty();
        assertThat(without.path("Parameters").findValuesAsText("Name"))
                .allMatch(name -> name.startsWith("redshift_query_logs.global."));
    }

    private String idOf(String type) {
        return stack.resources(type).firstKey();
    }
}
