package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.cluster.ResourceNames;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.DataLakePrincipalProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.DatabaseResourceProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.ResourceProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.TableResourceProperty;
import software.constructs.Construct;

/**
 * What Lake Formation has to grant where it is in charge of the catalog, beside IAM. The database has to be there, and
 * whoever deploys has to be an administrator of Lake Formation. None of these permissions drops or deletes.
 * https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html
 */
final class LakeFormationGrants extends Construct {

    LakeFormationGrants(Construct scope, String id, JobResources job, DeployHandler statements) {
        super(scope, id);
        Map.of("Job", job.role(), "Statements", statements.role()).forEach((name, role) -> {
            CfnPrincipalPermissions database = onDatabase(name + "Database", role);
            CfnPrincipalPermissions tables = onTables(name + "Tables", role);
            statements.resource().getNode().addDependency(database, tables);
        });
    }

    private CfnPrincipalPermissions onDatabase(String id, IRole to) {
        ResourceProperty database = ResourceProperty.builder()
                .database(DatabaseResourceProperty.builder()
                        .catalogId(Aws.ACCOUNT_ID)
                        .name(ResourceNames.DATABASE)
                        .build())
                .build();
        return grant(id, to, database, List.of("CREATE_TABLE", "DESCRIBE"));
    }

    private CfnPrincipalPermissions onTables(String id, IRole to) {
        ResourceProperty tables = ResourceProperty.builder()
                .table(TableResourceProperty.builder()
                        .catalogId(Aws.ACCOUNT_ID)
                        .databaseName(ResourceNames.DATABASE)
                        .tableWildcard(Map.of())
                        .build())
                .build();
        return grant(id, to, tables, List.of("SELECT", "INSERT", "ALTER", "DESCRIBE"));
    }

    private CfnPrincipalPermissions grant(String id, IRole to, ResourceProperty resource, List<String> permissions) {
        return CfnPrincipalPermissions.Builder.create(this, id)
                .principal(DataLakePrincipalProperty.builder()
                        .dataLakePrincipalIdentifier(to.getRoleArn())
                        .build())
                .resource(resource)
                .permissions(permissions)
                .permissionsWithGrantOption(List.of())
                .build();
    }
}
