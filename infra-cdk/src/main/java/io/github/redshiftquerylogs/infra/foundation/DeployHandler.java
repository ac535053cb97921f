package io.github.redshiftquerylogs.infra.foundation;

import io.github.redshiftquerylogs.infra.rights.Acknowledged;
import io.github.redshiftquerylogs.infra.rights.Allow;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.customresources.Provider;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * A custom resource and its function, for what CloudFormation cannot do itself. CloudFormation calls it once per
 * deployment if its properties change. The code is a folder with {@code index.mjs}; it uses the SDK of Lambda's Node
 * runtime, and modules in the parent folder, which is the asset of all handlers. In addition to its properties the
 * function gets {@code Role}, the ARN of its role, for error messages about missing permissions.
 */
public final class DeployHandler extends Construct {

    private final CustomResource resource;
    private final Role role;

    /**
     * Creates the custom resource, its function and the function's role.
     *
     * @param id also the suffix of the resource type {@code Custom::RedshiftQueryLogs…}
     * @param code the folder with {@code index.mjs}
     * @param retention retention of the logs
     * @param rights permissions of the function
     * @param properties properties of the custom resource
     */
    public DeployHandler(
            Construct scope,
            String id,
            Path code,
            RetentionDays retention,
            List<Allow> rights,
            Map<String, Object> properties) {
        super(scope, id);
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .retention(retention)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        role = newRole("Role");
        Allow.grant(role, rights);
        log.grantWrite(role);
        Function function = Function.Builder.create(this, "Function")
                .description("Custom resource of redshift-query-logs: " + code.getFileName())
                .runtime(Runtime.NODEJS_24_X)
                .architecture(Architecture.ARM_64)
                .handler(code.getFileName() + "/index.handler")
                .code(Code.fromAsset(Objects.requireNonNull(code.getParent(), "a folder within that of all handlers")
                        .toString()))
                .memorySize(256)
                .timeout(Duration.minutes(14))
                .role(role)
                .logGroup(log)
                .build();
        LogGroup frameworkLog = LogGroup.Builder.create(this, "FrameworkLog")
                .retention(retention)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Role frameworkRole = newRole("FrameworkRole");
        frameworkLog.grantWrite(frameworkRole);
        Acknowledged.wildcards(
                frameworkRole, Map.of(function.getFunctionArn() + ":*", "any version: only the latest exists"));
        Provider provider = Provider.Builder.create(this, "Provider")
                .onEventHandler(function)
                .frameworkOnEventRole(frameworkRole)
                .logGroup(frameworkLog)
                .build();
        Map<String, Object> all = new HashMap<>(properties);
        all.put("Role", role.getRoleArn());
        resource = CustomResource.Builder.create(this, "Resource")
                .serviceToken(provider.getServiceToken())
                .resourceType("Custom::RedshiftQueryLogs" + id)
                .properties(all)
                .build();
        // deleted before the permissions that deleting needs
        resource.getNode().addDependency((IRole) role);
    }

    /** The custom resource, for dependencies and attributes. */
    public CustomResource resource() {
        return resource;
    }

    /** The role of the function. */
    public Role role() {
        return role;
    }

    private Role newRole(String id) {
        return Role.Builder.create(this, id)
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
    }
}
