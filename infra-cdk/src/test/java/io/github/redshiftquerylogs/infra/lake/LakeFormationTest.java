package io.github.redshiftquerylogs.infra.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.PolicyStatement;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Grants with {@code lakeFormation=true}, and no grants without it. */
@NeedsNode
class LakeFormationTest {

    private static final String GRANTS = "AWS::LakeFormation::PrincipalPermissions";
    private static final String DATA_ACCESS = "lakeformation:GetDataAccess";

    private final SynthesizedStack stack = SynthesizedStack.with(Map.of("lakeFormation", "true"));

    @ParameterizedTest
    @CsvSource({
        "JobDatabase, CREATE_TABLE DESCRIBE",
        "JobTables, SELECT INSERT ALTER DESCRIBE",
        "StatementsDatabase, CREATE_TABLE DESCRIBE",
        "StatementsTables, SELECT INSERT ALTER DESCRIBE",
        "OptimizersTables, ALTER DESCRIBE INSERT DELETE"
    })
    void eachRoleGetsWhatItNeeds(String id, String permissions) {
        JsonNode grant = stack.properties(GRANTS, "LakeFormation" + id);

        assertThat(grant.path("Permissions")).extracting(JsonNode::asText).containsExactly(permissions.split(" "));
        assertThat(grant.path("PermissionsWithGrantOption")).isEmpty();
    }

    @Test
    void noOtherRoleGetsAGrantAndNoneMayDrop() {
        assertThat(stack.resources(GRANTS)).hasSize(5);
        assertThat(stack.resources(GRANTS).toString()).doesNotContain("DROP", "\"ALL\"", "DATA_LOCATION_ACCESS");
    }

    @Test
    void grantsComeBeforeTheFirstTable() {
        assertThat(stack.resource("Custom::RedshiftQueryLogsStatements", "").path("DependsOn"))
                .extracting(JsonNode::asText)
                .containsAll(stack.resources(GRANTS).keySet());
    }

    /** With a registration, IAM permissions for S3 are no longer sufficient, and the jobs write with these. */
    @Test
    void noLocationIsRegistered() {
        assertThat(stack.resources("AWS::LakeFormation::Resource")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AthenaStatementsRole", "TableOptimizersRole"})
    void rolesThatReadThroughLakeFormationMayGetDataOfRegisteredLocations(String role) {
        assertThat(actions(stack, role)).contains(DATA_ACCESS);
        assertThat(actions(SynthesizedStack.standard(), role)).isNotEmpty().doesNotContain(DATA_ACCESS);
    }

    /** {@code S3FileIO} does not use Lake Formation. */
    @Test
    void theJobHasNoRightThatItDoesNotUse() {
        assertThat(actions(stack, "JobRole")).isNotEmpty().doesNotContain(DATA_ACCESS);
    }

    @Test
    void withoutOptimizersTheyGetNoGrant() {
        assertThat(SynthesizedStack.with(Map.of("lakeFormation", "true", "tableOptimizers", "false"))
                        .resources(GRANTS))
                .hasSize(4);
    }

    @Test
    void withoutTheOptionThereIsNoGrant() {
        assertThat(SynthesizedStack.standard().resources(GRANTS)).isEmpty();
    }

    private static Iterable<String> actions(SynthesizedStack of, String role) {
        PolicyEvaluation policies = new TemplateValues(Map.of()).policiesOf(of.template(), role);
        return policies.statements().stream()
                .map(PolicyStatement::actions)
                .flatMap(actions -> actions.stream())
                .toList();
    }
}
