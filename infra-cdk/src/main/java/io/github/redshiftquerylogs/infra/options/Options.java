package io.github.redshiftquerylogs.infra.options;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.List;
import java.util.Optional;

/**
 * What a deployment is told, by {@code cdk deploy -c name=value} or the context of {@code cdk.json}.
 *
 * @param clusters to be enabled beside those that are; empty leaves the list as it is ({@code clusters})
 * @param bucket an existing bucket to use; empty: the stack makes one ({@code bucket})
 * @param scheduleMinutes how often the Lambda looks which clusters are due ({@code scheduleMinutes})
 * @param network where jobs with a JDBC connection run ({@code vpc}, {@code subnets}, {@code securityGroups},
 *     {@code endpoints})
 * @param alarmEmail who is told of alarms ({@code alarmEmail})
 * @param lagAlarmMinutes how far the slowest cluster may be behind before an alarm is raised ({@code lagAlarmMinutes})
 * @param logRetentionDays how long logs are kept ({@code logRetentionDays})
 * @param glueWorkers workers of a job run ({@code glueWorkers})
 * @param glueWorkerType their type ({@code glueWorkerType})
 * @param lakeFormation whether Lake Formation is in charge of the account's catalog ({@code lakeFormation})
 * @param tableOptimizers whether Glue maintains the tables: not every Region has that ({@code tableOptimizers})
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
        boolean tableOptimizers) {}
