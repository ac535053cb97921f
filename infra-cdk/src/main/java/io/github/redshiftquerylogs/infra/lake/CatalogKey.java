package io.github.redshiftquerylogs.infra.lake;

import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Target;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.Role;

/**
 * Permissions on the key that encrypts the account's Glue Data Catalog. With encrypted metadata, who reads or writes
 * tables needs them; with encrypted connection passwords, who writes connections needs {@code kms:Encrypt}.
 * https://docs.aws.amazon.com/glue/latest/dg/encrypt-glue-data-catalog.html
 */
public final class CatalogKey {

    private CatalogKey() {}

    /**
     * Allows roles to use the key through Glue.
     *
     * @param keyArn the key
     * @param roles those who call the catalog
     */
    public static void allow(String keyArn, List<Role> roles) {
        Allow right = Allow.of(
                "CatalogKey",
                List.of("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"),
                List.of(Target.of(keyArn)),
                Map.of("StringEquals", Map.of("kms:ViaService", "glue." + Aws.REGION + "." + Aws.URL_SUFFIX)));
        roles.forEach(role -> Allow.grant(role, List.of(right)));
    }
}
