package io.github.redshiftquerylogs.infra.lake;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.infra.foundation.DeployHandler;
import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.DataLakePrincipalProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.DatabaseResourceProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.ResourceProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.TableResourceProperty;
import software.constructs.Construct;

/**
 * Lake Formation grants, needed in addition to IAM permissions if Lake Formation manages the catalog. The database must
 * exist, and the role used by CloudFormation must be an administrator of Lake Formation. None of these permissions
 * allows dropping a table. https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html
 *
 * <p>The stack registers no location. Only for registered locations does Lake Formation vend credentials and require a
 * data location permission to create a table; otherwise IAM permissions for S3 apply
 * (https://docs.aws.amazon.com/lake-formation/latest/dg/access-control-underlying-data.html), which the roles have. The
 * jobs always write with their own permissions, since {@code S3FileIO} does not use Lake Formation. A registration
 * would revoke the access of users with IAM permissions, would need a role that may write to all of the lake, and the
 * stack could not undo it safely.
 *
 * <p>An administrator may register the lake, or may have registered {@code bucket} before. {@code DATA_LOCATION_ACCESS}
 * must then be granted by hand, since such a grant fails without a registration
 * (https://docs.aws.amazon.com/lake-formation/latest/dg/granting-location-permissions.html), and roles with which
 * Athena and Glue read need {@code lakeformation:GetDataAccess}, which gives access to granted data only.
 */
public final class LakeFormationGrants extends Construct {

    private final DeployHandler statements;

    /**
     * Creates the grants, before the first table is created.
     *
     * @param jobs role of the export jobs, which create and write the tables
     * @param statements creates the tables
     * @param optimizers maintain the tables; empty if the stack has none
     */
    public LakeFormationGrants(
            Construct scope, String id, IRole jobs, DeployHandler statements, Optional<TableOptimizers> optimizers) {
        super(scope, id);
        this.statements = statements;
        createAndWriteTables("Job", jobs);
        createAndWriteTables("Statements", statements.role());
        // DELETE applies to files, not to the table:
        // https://docs.aws.amazon.com/glue/latest/dg/enable-auto-table-optimizers.html
        optimizers.ifPresent(made ->
                grant("OptimizersTables", made.role(), tables(), List.of("ALTER", "DESCRIBE", "INSERT", "DELETE")));
    }

    private void createAndWriteTables(String id, IRole role) {
        grant(id + "Database", role, database(), List.of("CREATE_TABLE", "DESCRIBE"));
        grant(id + "Tables", role, tables(), List.of("SELECT", "INSERT", "ALTER", "DESCRIBE"));
    }

    /** For a role with which Athena or Glue reads a lake whose location is registered. */
    static Allow dataAccess() {
        return Allow.of(
                "DataOfRegisteredLocations",
                List.of("lakeformation:GetDataAccess"),
                List.of(Target.all(
                        "lakeformation:GetDataAccess does not support resource-level permissions; the grants decide")));
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

    /** Creates a grant, before the first table is created. */
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
