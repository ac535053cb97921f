package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.contract.ResourceNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.DataLakePrincipalProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.DatabaseResourceProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.ResourceProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.TableResourceProperty;
import software.constructs.Construct;

/**
 * What Lake Formation has to grant where it is in charge of the catalog, beside IAM. The database has to be there, and
 * the role with which CloudFormation deploys has to be an administrator of Lake Formation. None of these permissions
 * drops a table. https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html
 *
 * <p>No location is registered. Only for a registered one does Lake Formation hand out credentials and ask for a data
 * location permission when a table is made there; everywhere else IAM's rights in S3 count
 * (https://docs.aws.amazon.com/lake-formation/latest/dg/access-control-underlying-data.html), and these the roles have.
 * The jobs write with their own rights in any case: {@code S3FileIO} asks Lake Formation for nothing. A registration
 * would take from people who query with IAM's rights what they have, needs a role that may write everything, and is not
 * ours to undo.
 *
 * <p>An administrator may still register the lake, or have registered {@code bucket} before. Then {@code
 * DATA_LOCATION_ACCESS} is to be granted by hand, since such a grant fails without a registration
 * (https://docs.aws.amazon.com/lake-formation/latest/dg/granting-location-permissions.html), and the roles for which
 * Athena and Glue read need {@code lakeformation:GetDataAccess}, which allows nothing that is not granted as well.
 */
final class LakeFormationGrants extends Construct {

    /** Why {@link #dataAccess()} has the resource {@code *}. */
    static final String DATA_ACCESS_REASON = "lakeformation:GetDataAccess knows no resources; the grants decide";

    private final DeployHandler statements;

    LakeFormationGrants(
            Construct scope,
            String id,
            JobResources job,
            DeployHandler statements,
            Optional<TableOptimizers> optimizers) {
        super(scope, id);
        this.statements = statements;
        makeAndWriteTables("Job", job.role());
        makeAndWriteTables("Statements", statements.role());
        // DELETE is for files, not for the table:
        // https://docs.aws.amazon.com/glue/latest/dg/enable-auto-table-optimizers.html
        optimizers.ifPresent(made ->
                grant("OptimizersTables", made.role(), tables(), List.of("ALTER", "DESCRIBE", "INSERT", "DELETE")));
    }

    private void makeAndWriteTables(String id, IRole role) {
        grant(id + "Database", role, database(), List.of("CREATE_TABLE", "DESCRIBE"));
        grant(id + "Tables", role, tables(), List.of("SELECT", "INSERT", "ALTER", "DESCRIBE"));
    }

    /** For a role whose data Athena or Glue reads where the lake's location is registered. */
    static PolicyStatement dataAccess() {
        return Allow.of("DataOfRegisteredLocations", List.of("lakeformation:GetDataAccess"), List.of("*"));
    }

    private static ResourceProperty database() {
        return ResourceProperty.builder()
                .database(DatabaseResourceProperty.builder()
                        .catalogId(Aws.ACCOUNT_ID)
                        .name(ResourceNames.DATABASE)
                        .build())
                .build();
    }

    private static ResourceProperty tables() {
        return ResourceProperty.builder()
                .table(TableResourceProperty.builder()
                        .catalogId(Aws.ACCOUNT_ID)
                        .databaseName(ResourceNames.DATABASE)
                        .tableWildcard(Map.of())
                        .build())
                .build();
    }

    /** Before the first table is made. */
    private void grant(String id, IRole to, ResourceProperty resource, List<String> permissions) {
        CfnPrincipalPermissions grant = CfnPrincipalPermissions.Builder.create(this, id)
                .principal(DataLakePrincipalProperty.builder()
                        .dataLakePrincipalIdentifier(to.getRoleArn())
                        .build())
                .resource(resource)
                .permissions(permissions)
                .permissionsWithGrantOption(List.of())
                .build();
        statements.resource().getNode().addDependency(grant);
    }
}
