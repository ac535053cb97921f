package io.github.redshiftquerylogs.infra.handlers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.infra.NeedsNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advice of the Athena handler for refusals of Lake Formation. The refusals' texts are taken from public reports. */
@NeedsNode
class LakeFormationAdviceTest {

    private static final String ROLE = "arn:aws:iam::000000000000:role/statements";
    private static final String WHOM = " for " + ROLE + " in the database logs_db; ";
    private static final String SQL = "make table";
    /** The catalog's refusal, in the form in which Athena's DDL reports it. */
    private static final String IN_DDL = "FAILED: Execution Error, return code 1 from"
            + " org.apache.hadoop.hive.ql.exec.DDLTask. MetaException(message:%s (Service: AmazonDataCatalog;"
            + " Status Code: 400; Error Code: AccessDeniedException; Request ID: 14419262; Proxy: null))";

    @AutoClose
    private TestingAthena athena;

    private Handler handler;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        athena = new TestingAthena();
        handler = new Handler("athena", athena.uri());
    }

    @Test
    void theAdviceNamesTheMissingGrantAndTheOptionThatMakesIt() {
        String text = IN_DDL.formatted("Insufficient Lake Formation permission(s): Required Create Table on logs_db");
        athena.fails(SQL, text);

        assertThatThrownBy(() -> create("false"))
                .hasMessage("tables/t.sql failed: " + text + "; missing: Create Table on logs_db" + WHOM
                        + "deploy with -c lakeFormation=true, which grants it,"
                        + " or let an administrator of Lake Formation grant it by hand");
    }

    @Test
    void withTheOptionSetTheAdviceDoesNotNameIt() {
        athena.fails(SQL, "Insufficient Lake Formation permission(s): Required Alter on stl_query");

        assertThatThrownBy(() -> create("true"))
                .hasMessage(
                        "tables/t.sql failed: Insufficient Lake Formation permission(s): Required Alter on stl_query"
                                + "; missing: Alter on stl_query" + WHOM
                                + "let an administrator of Lake Formation grant it by hand");
    }

    @Test
    void aStatementThatIsRefusedAtOnceIsExplainedToo() {
        athena.refuses(
                SQL,
                "AccessDeniedException",
                "Insufficient Lake Formation permission(s): Required Describe on logs_db");

        assertThatThrownBy(() -> create("false"))
                .hasMessageStartingWith("tables/t.sql was refused: Insufficient Lake Formation permission(s)")
                .hasMessageContaining("; missing: Describe on logs_db" + WHOM + "deploy with -c lakeFormation=true");
    }

    @Test
    void aRegisteredLocationHasToBeGrantedByHand() {
        athena.fails(SQL, IN_DDL.formatted("Insufficient Lake Formation permission(s) on s3://b/lake/data/t"));

        assertThatThrownBy(() -> create("false"))
                .hasMessageEndingWith("; missing: DATA_LOCATION_ACCESS on s3://b/lake/data/t" + WHOM
                        + "the location is registered with Lake Formation: let an administrator of it grant that by hand,"
                        + " and deploy with -c lakeFormation=true");
        assertThatThrownBy(() -> create("true")).hasMessageEndingWith("let an administrator of it grant that by hand");
    }

    @Test
    void aRefusedDatabaseHasToBeCreatedBefore() {
        athena.fails(
                SQL,
                IN_DDL.formatted("Insufficient Lake Formation permission(s): Required Create Database on Catalog"));

        assertThatThrownBy(() -> create("false"))
                .hasMessageEndingWith("; missing: Create Database on Catalog for " + ROLE
                        + "; let an administrator of Lake Formation make the database logs_db,"
                        + " and deploy with -c lakeFormation=true");
    }

    @Test
    void aRefusalOfIamIsNotReportedAsAMissingGrant() {
        athena.fails(
                SQL,
                "PERMISSION_DENIED: " + ROLE
                        + " is not authorized to perform: lakeformation:GetDataAccess on resource: *");

        assertThatThrownBy(() -> create("false"))
                .hasMessageEndingWith("; missing: IAM's lakeformation:GetDataAccess" + WHOM
                        + "deploy with -c lakeFormation=true, which allows it, or allow it by hand");
    }

    @Test
    void anotherTextOfLakeFormationIsExplainedInGeneral() {
        athena.fails(SQL, "Lake Formation says no");

        assertThatThrownBy(() -> create("false"))
                .hasMessageContaining("; missing: a permission of Lake Formation" + WHOM + "deploy with");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User is not authorized to perform: glue:CreateTable on resource: database/logs_db (Error Code:"
                        + " AccessDeniedException)",
                "Insufficient permissions to execute the query",
                "TABLE_NOT_FOUND: line 2"
            })
    void anotherFailureGetsNoAdvice(String text) {
        athena.fails(SQL, text);

        assertThatThrownBy(() -> create("false")).hasMessage("tables/t.sql failed: " + text);
    }

    private void create(String lakeFormation) throws IOException, InterruptedException {
        handler.create(Map.of(
                "Workgroup",
                "logs",
                "Role",
                ROLE,
                "Database",
                "logs_db",
                "LakeFormation",
                lakeFormation,
                "Statements",
                List.of(Map.of("Name", "tables/t.sql", "Sql", SQL, "Database", "logs_db"))));
    }
}
