package io.github.redshiftquerylogs.infra.job;

import io.github.redshiftquerylogs.infra.lake.Storage;
import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Arns;
import io.github.redshiftquerylogs.infra.rights.Target;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.GlobalSettings;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;

/**
 * The parameters that a deployment creates if they do not exist. The stack does not own them: none is overwritten or
 * deleted when the stack is changed or deleted, or when a cluster is left out. The handler's permissions enforce this:
 * only the list may be overwritten.
 */
public final class Parameters {

    /** Not a password: the placeholder user marks credentials that have not been set. */
    private static final String PLACEHOLDER_PASSWORD = "not-set-yet";

    private static final Target PARAMETERS = Target.wildcard(Arns.PARAMETERS, "the parameters of all clusters");

    private Parameters() {}

    /**
     * Properties of the custom resource whose code is in {@code handlers/parameters}.
     *
     * @param ownExports whether the deployment uploads own exports
     */
    public static Map<String, Object> properties(
            List<ClusterName> clusters, Storage storage, String keyArn, boolean ownExports) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        parameters.add(location(ParameterNames.S3_PREFIX, storage.location(Storage.LAKE)));
        parameters.add(location(ParameterNames.TEMPDIR, storage.location(Storage.STAGING)));
        Map<String, Object> role = parameter(ParameterNames.ROLE, "String", JobResources.roleName());
        role.put("Accepted", List.of(JobResources.roleName(), Arns.role(JobResources.roleName())));
        parameters.add(role);
        parameters.add(parameter(
                ParameterNames.INTERVAL_MINUTES, "String", Long.toString(GlobalSettings.DEFAULT_INTERVAL.toMinutes())));
        if (ownExports) {
            Map<String, Object> folder = location(ParameterNames.EXPORTS_PREFIX, storage.location(Storage.OWN_EXPORTS));
            folder.put("Remedy", "deploy without -c exports, or");
            parameters.add(folder);
        }
        for (ClusterName cluster : clusters) {
            Map<String, Object> password =
                    parameter(ParameterNames.password(cluster), "SecureString", PLACEHOLDER_PASSWORD);
            password.put("KeyId", keyArn);
            password.put("Cluster", cluster.value());
            parameters.add(password);
            Map<String, Object> user =
                    parameter(ParameterNames.user(cluster), "String", ClusterSettings.PLACEHOLDER_USER);
            user.put("Cluster", cluster.value());
            parameters.add(user);
        }
        return Map.of(
                "Parameters",
                parameters,
                "List",
                Map.of(
                        "Name",
                        ParameterNames.ENABLED_CLUSTER_LIST,
                        "Clusters",
                        clusters.stream().map(ClusterName::value).toList()));
    }

    /**
     * Permissions of the handler.
     *
     * @param keyArn the key that encrypts the placeholders of passwords
     */
    public static List<Allow> rights(String keyArn) {
        return List.of(
                Allow.of("Read", List.of("ssm:GetParameters"), List.of(PARAMETERS)),
                Allow.of(
                        "Create",
                        List.of("ssm:PutParameter"),
                        List.of(PARAMETERS),
                        Allow.when("StringEquals", "ssm:Overwrite", "false")),
                Allow.of(
                        "GrowList",
                        List.of("ssm:PutParameter"),
                        List.of(Target.of(Arns.of("ssm", "parameter/" + ParameterNames.ENABLED_CLUSTER_LIST)))),
                Allow.of(
                        "EncryptPlaceholders",
                        // a data key for parameters of the advanced tier, which may be the account's default
                        List.of("kms:Encrypt", "kms:GenerateDataKey"),
                        List.of(Target.of(keyArn)),
                        Map.of(
                                "StringEquals",
                                Map.of("kms:ViaService", "ssm." + Aws.REGION + "." + Aws.URL_SUFFIX),
                                "StringLike",
                                Map.of("kms:EncryptionContext:PARAMETER_ARN", Arns.PARAMETERS))));
    }

    private static Map<String, Object> location(String name, String value) {
        Map<String, Object> parameter = parameter(name, "String", value);
        parameter.put("Accepted", List.of(value, value + "/"));
        parameter.put("Remedy", "deploy with the bucket in this value (-c bucket=NAME), or, if it has no table,");
        return parameter;
    }

    private static Map<String, Object> parameter(String name, String type, String value) {
        Map<String, Object> parameter = new HashMap<>();
        parameter.put("Name", name);
        parameter.put("Type", type);
        parameter.put("Value", value);
        return parameter;
    }
}
