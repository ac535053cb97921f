package io.github.redshiftquerylogs.infra.foundation;

import io.github.redshiftquerylogs.infra.rights.Arns;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Alias;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * The KMS key for passwords, logs and the alarms' topic. It is kept when the stack is deleted, as are the passwords
 * that it encrypts. Its alias contains a part of the stack's id, so that the next stack can create another key.
 */
public final class StackKey extends Construct {

    private final Key key;
    private final String uniqueSuffix;

    /** Creates the key and its alias. */
    public StackKey(Construct scope, String id) {
        super(scope, id);
        // arn:…:stack/<name>/<uuid>: the first group of the UUID
        uniqueSuffix = Fn.select(0, Fn.split("-", Fn.select(2, Fn.split("/", Aws.STACK_ID))));
        key = Key.Builder.create(this, "Key")
                .description("redshift-query-logs: passwords of database users, logs, alarms")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        Alias alias = Alias.Builder.create(this, "Alias")
                .aliasName(Fn.join("", List.of("alias/redshift-query-logs-", uniqueSuffix)))
                .targetKey(key)
                .build();
        alias.applyRemovalPolicy(RemovalPolicy.RETAIN);
        allowLogs();
        allowAlarms();
    }

    /** The key. */
    public Key key() {
        return key;
    }

    /** Differs between stacks, even of the same name; for resources without generated names. */
    public String uniqueSuffix() {
        return uniqueSuffix;
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
    private void allowLogs() {
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("LogGroupsOfThisAccount")
                .principals(List.of(new ServicePrincipal("logs." + Aws.REGION + "." + Aws.URL_SUFFIX)))
                .actions(List.of(
                        "kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey"))
                // in a key policy, * is this key
                .resources(List.of("*"))
                .conditions(
                        Map.of("ArnLike", Map.of("kms:EncryptionContext:aws:logs:arn", Arns.of("logs", "log-group:*"))))
                .build());
    }

    /** https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
    private void allowAlarms() {
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsOfThisAccount")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                .resources(List.of("*"))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build());
    }
}
