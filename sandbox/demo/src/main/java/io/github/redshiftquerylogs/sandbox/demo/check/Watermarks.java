package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.sandbox.demo.deploy.DeployedSandbox;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares the watermarks of tables with the clusters' clocks and with the lake. */
record Watermarks(DeployedSandbox sandbox) {

    private static final Duration SYS_SETTLE = Duration.ofMinutes(15);
    /** Tables that stay longer behind the cluster's clock than others of their kind. */
    private static final Map<String, Duration> SETTLE = Map.of(
            "sys_serverless_usage", Duration.ofMinutes(30),
            "svcs_concurrency_scaling_usage", Duration.ofHours(1));

    /** How far the export of a system table stays behind the cluster's clock. */
    static Duration settle(String table) {
        return SETTLE.getOrDefault(table, table.startsWith("sys_") ? SYS_SETTLE : SandboxCluster.SETTLE);
    }

    /** Up to where a run that begins now reads; the load has ended, so the clock has not changed since the last run. */
    static LocalDateTime runUpperBound(SandboxCluster cluster, Duration settle) {
        return cluster.redshift().now().truncatedTo(ChronoUnit.SECONDS).minus(settle);
    }

    /**
     * What is wrong with the watermark of a table.
     *
     * @param readUpTo what it is expected to be
     * @param greatest the greatest {@code log_time} of the cluster in the lake
     */
    List<String> problems(
            SandboxCluster cluster, String table, LocalDateTime readUpTo, @Nullable LocalDateTime greatest) {
        Map<String, AttributeValue> mark = sandbox.state(cluster.name(), StateEntries.table(table));
        List<String> problems = new ArrayList<>();
        LocalDateTime found = time(mark, StateAttributes.READ_UP_TO);
        if (!readUpTo.equals(found)) {
            problems.add("watermark is " + found + ": expected the cluster's clock less the settle time, " + readUpTo);
        }
        LocalDateTime remembered = time(mark, StateAttributes.LAKE_GREATEST);
        if (greatest == null || !greatest.equals(remembered)) {
            problems.add("watermark remembers " + remembered + " as the greatest log_time of the lake: expected "
                    + greatest);
        }
        return problems;
    }

    private static @Nullable LocalDateTime time(Map<String, AttributeValue> item, String attribute) {
        String text = DeployedSandbox.text(item, attribute);
        return text == null ? null : LocalDateTime.parse(text);
    }
}
