package io.github.redshiftquerylogs.infra.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsNode
class AthenaResourcesTest {

    private final SynthesizedStack stack = SynthesizedStack.with(Map.of("bucket", "the-lake"));

    @Test
    void theWorkgroupEncryptsResultsAndLimitsScans() {
        JsonNode workgroup = stack.properties("AWS::Athena::WorkGroup", "").path("WorkGroupConfiguration");

        assertThat(workgroup.path("EnforceWorkGroupConfiguration").asBoolean()).isTrue();
        assertThat(workgroup.path("BytesScannedCutoffPerQuery").asLong()).isEqualTo(107_374_182_400L);
        assertThat(workgroup
                        .at("/ResultConfiguration/EncryptionConfiguration/EncryptionOption")
                        .asText())
                .isEqualTo("SSE_S3");
        assertThat(workgroup.at("/ResultConfiguration/OutputLocation").asText())
                .isEqualTo("s3://the-lake/athena-results/");
    }

    @Test
    void databaseTablesAndViewsAreCreatedInThisOrder() {
        JsonNode statements = new TemplateValues(Map.of())
                .resolve(stack.properties("Custom::RedshiftQueryLogsStatements", ""))
                .path("Statements");

        assertThat(statements.findValuesAsText("Name"))
                .containsExactly(
                        "database.sql",
                        "tables/stl_query.sql",
                        "tables/stl_querytext.sql",
                        "views/z_detail.sql",
                        "views/a_summary.sql");
        assertThat(statements.get(0).has("Database")).isFalse();
        assertThat(statements.get(1).path("Database").asText()).isEqualTo("redshift_query_logs_db");
        assertThat(statements.get(1).path("Sql").asText())
                .startsWith("CREATE TABLE")
                .contains("LOCATION 's3://the-lake/lake/data/stl_query/'");
    }

    /** Lake Formation's grants refer to the database, and creating databases needs another permission. */
    @Test
    void withLakeFormationTheDatabaseIsNotCreated() {
        JsonNode properties = new TemplateValues(Map.of())
                .resolve(SynthesizedStack.with(Map.of("bucket", "the-lake", "lakeFormation", "true"))
                        .properties("Custom::RedshiftQueryLogsStatements", ""));

        assertThat(properties.path("Statements").findValuesAsText("Name"))
                .isNotEmpty()
                .doesNotContain("database.sql");
    }

    @Test
    void theHandlerGetsItsRoleAndTheLakeFormationOption() {
        JsonNode properties =
                new TemplateValues(Map.of()).resolve(stack.properties("Custom::RedshiftQueryLogsStatements", ""));

        assertThat(properties.path("Role").asText()).matches("AthenaStatementsRole\\w{8}\\.Arn");
        assertThat(properties.path("Database").asText()).isEqualTo("redshift_query_logs_db");
        assertThat(properties.path("LakeFormation")).isEqualTo(BooleanNode.FALSE);
    }

    @Test
    void theViewOfPublishedQueriesIsCreatedWithTheRightsToReadWhatItRefersTo() {
        SynthesizedStack published =
                SynthesizedStack.withDdl(Path.of("../athena-ddl"), Map.of("publishedNamespaces", "1a2b_sys,222_sys"));
        JsonNode statements = new TemplateValues(Map.of())
                .resolve(published.properties("Custom::RedshiftQueryLogsStatements", ""))
                .path("Statements");

        assertThat(statements.findValuesAsText("Name"))
                .containsSubsequence("views/queries.sql", "views/optional/query_history_all.sql");
        assertThat(stack.policiesOf("AthenaStatementsRole").statements().toString())
                .doesNotContain("s3tables");
        assertThat(published.policiesOf("AthenaStatementsRole").statements().toString())
                .contains(
                        ":database/s3tablescatalog/aws-redshift/1a2b_sys",
                        ":table/s3tablescatalog/aws-redshift/222_sys/sys_query_history",
                        "s3tables:GetTableData",
                        ":bucket/aws-redshift/table/*",
                        "lakeformation:GetDataAccess");
    }

    @Test
    void eachQuestionIsANamedQuery() {
        JsonNode query = stack.properties("AWS::Athena::NamedQuery", "");

        assertThat(query.path("Name").asText()).isEqualTo("How many");
        assertThat(query.path("Description").asText()).isEqualTo("How many queries were there?");
        assertThat(query.path("Database").asText()).isEqualTo("redshift_query_logs_db");
        assertThat(query.path("QueryString").asText()).endsWith("select queries from a_summary");
    }
}
