package io.github.redshiftquerylogs.infra.options;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.List;
import java.util.Optional;

/**
 * Options of a deployment, from {@code cdk deploy -c name=value} or the context of {@code cdk.json}.
 *
 * @param clusters clusters to add to the list of enabled ones; if empty, the list is not changed ({@code clusters})
 * @param bucket an existing bucket for the lake; if empty, the stack creates one ({@code bucket})
 * @param scheduleMinutes minutes between two ticks ({@code scheduleMinutes})
 * @param network the network of jobs with a JDBC connection ({@code vpc}, {@code subnets}, {@code securityGroups},
 *     {@code endpoints})
 * @param alarmEmail address for notifications of alarms ({@code alarmEmail})
 * @param lagAlarmMinutes minutes that a cluster may be later than its own interval before an alarm is raised ({@code lagAlarmMinutes})
 * @param logRetentionDays retention of logs in days ({@code logRetentionDays})
 * @param glueWorkers number of workers of a job run ({@code glueWorkers})
 * @param glueWorkerType type of the workers ({@code glueWorkerType})
 * @param lakeFormation whether Lake Formation manages the account's catalog ({@code lakeFormation})
 * @param tableOptimizers whether Glue deletes orphan files of tables, which not every Region has ({@code tableOptimizers})
 * @param catalogKey ARN of the KMS key that encrypts metadata or connection passwords of the account's Glue Data Catalog,
 *     if one does ({@code catalogKey})
 * @param exports folder with the declarations of own exports, to upload; if empty, none are uploaded ({@code exports})
 * @param publishedNamespaces namespaces of S3 Tables to which Redshift itself publishes its query history; if empty, the view
 *     over them is not created ({@code publishedNamespaces})
 */
public record Options(
        List<ClusterName> clusters,
        Optional<String> bucket,
        int scheduleMinutes,
        Optional<NetworkOptions> network,
        Optional<String> alarmEmail,
        int lagAlarmMinutes,
        int logRetentionDays,
        int glueWorkers,
        String glueWorkerType,
        boolean lakeFormation,
        boolean tableOptimizers,
        Optional<String> catalogKey,
        Optional<String> exports,
        List<String> publishedNamespaces) {}
