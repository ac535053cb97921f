package io.github.redshiftquerylogs.infra;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.customresources.Provider;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
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
 * One custom resource and the code behind it: what CloudFormation cannot do itself, once per deployment. The code is a
 * folder with {@code index.mjs}; it uses the SDK that Lambda's Node runtime has. Beside its properties it gets {@code
 * Role}, the ARN of what it runs as, so that it can name itself where a right is missing.
 */
final class DeployHandler extends Construct {

    private final CustomResource resource;
    private final Role role;

    DeployHandler(
            Construct scope,
            String id,
            Path code,
            RetentionDays retention,
            List<PolicyStatement> rights,
            Map<String, String> wildcards,
            Map<String, Object> properties) {
        super(scope, id);
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .retention(retention)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        role = newRole("Role");
        rights.forEach(role::addToPolicy);
        Acknowledged.wildcards(role, wildcards);
        log.grantWrite(role);
        Function function = Function.Builder.create(this, "Function")
                .description("Custom resource of redshift-query-logs: " + code.getFileName())
                .runtime(Runtime.NODEJS_24_X)
                .architecture(Architecture.ARM_64)
                .handler("index.handler")
                .code(Code.fromAsset(code.toString()))
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
                frameworkRole, Map.of(function.getFunctionArn() + ":*", "any version: there is only the latest"));
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
        // before the rights to do it go
        resource.getNode().addDependency((IRole) role);
    }

    CustomResource resource() {
        return resource;
    }

    /** What the handler runs as. */
    Role role() {
        return role;
    }

    private Role newRole(String id) {
        return Role.Builder.create(this, id)
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
    }
}
