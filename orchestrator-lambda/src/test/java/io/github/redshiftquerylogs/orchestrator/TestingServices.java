package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.orchestrator.connection.SsmConnectionRecord;
import io.github.redshiftquerylogs.orchestrator.connection.TestingClusters;
import io.github.redshiftquerylogs.orchestrator.connection.TestingGlueConnections;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.environment.TestingEnvironments;
import io.github.redshiftquerylogs.orchestrator.job.GlueJobApi;
import io.github.redshiftquerylogs.orchestrator.job.TestingGlueJobs;
import io.github.redshiftquerylogs.orchestrator.monitor.TestingMetrics;
import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import io.github.redshiftquerylogs.orchestrator.state.InMemoryStateTable;
import io.github.redshiftquerylogs.settings.SettingsReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Fakes of all services of a tick. */
final class TestingServices {

    static final Environment ENVIRONMENT = TestingEnvironments.of(
            "s3://artifacts/jobs.jar", "s3://artifacts/export.scala", "export_state", "redshift_query_logs_db");
    static final Instant NOW = Instant.parse("2026-11-19T10:06:31Z");

    final TestingGlueJobs jobs = new TestingGlueJobs();
    final TestingGlueConnections connections = new TestingGlueConnections();
    final TestingClusters clusters = new TestingClusters();
    final InMemoryStateTable state = new InMemoryStateTable();
    final TestingMetrics metrics = new TestingMetrics();

    Services services(SsmClient ssm) {
        return services(ssm, jobs);
    }

    Services services(SsmClient ssm, GlueJobApi glue) {
        return new Services(
                new SettingsReader(ssm),
                glue,
                connections,
                new SsmConnectionRecord(ssm),
                clusters,
                state,
                state,
                metrics);
    }

    TickResult tick(SsmClient ssm, Instant time) {
        return handler(services(ssm), clockAt(time))
                .handleRequest(Map.of("source", "aws.scheduler", "time", time.toString()), TestingContext.begun());
    }

    static OrchestratorHandler handler(Services services) {
        return handler(services, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static OrchestratorHandler handler(Services services, Clock clock) {
        return new OrchestratorHandler(services, ENVIRONMENT, clock);
    }

    /** Returns the clock at which an event of this time arrives: some time later. */
    static Clock clockAt(Instant time) {
        return Clock.fixed(time.plusSeconds(91), ZoneOffset.UTC);
    }
}
