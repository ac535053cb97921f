package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.environment.TestingEnvironments;
import io.github.redshiftquerylogs.settings.Authentication;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.GlobalSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Job definitions for tests. */
public final class TestingDefinitions {

    private static final Duration HOUR = Duration.ofHours(1);

    private TestingDefinitions() {}

    public static JobDefinition of(String cluster) {
        return of(cluster, "exporter");
    }

    public static JobDefinition of(String cluster, String role) {
        return JobDefinition.of(
                settings(cluster, new ClusterConnection.Glue("connection"), "user", HOUR),
                new GlobalSettings("s3://lake", "s3://staging", role, HOUR, 3, Optional.empty(), Optional.empty()),
                TestingEnvironments.of(
                        "s3://artifacts/jobs.jar", "s3://artifacts/export.scala", "export_state", "logs_db"));
    }

    static ClusterSettings settings(String cluster, ClusterConnection connection, String user, Duration interval) {
        return new ClusterSettings(
                new ClusterName(cluster),
                connection,
                new Authentication.Password(user),
                Optional.empty(),
                interval,
                3,
                List.of(),
                Optional.empty());
    }
}
