package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.redshift.DataApiSource;
import io.github.redshiftquerylogs.redshift.JdbcAddress;
import io.github.redshiftquerylogs.redshift.JdbcSource;
import io.github.redshiftquerylogs.redshift.SecretCredentials;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.StatementName;
import io.github.redshiftquerylogs.sandbox.unload.EmptyResult;
import io.github.redshiftquerylogs.sandbox.unload.ObjectStore;
import io.github.redshiftquerylogs.sandbox.unload.TimestampEncoding;
import io.github.redshiftquerylogs.sandbox.unload.UnloadSetup;
import io.github.redshiftquerylogs.settings.Authentication;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.transfer.ReadingPlan;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The ways of access to a cluster, each by fetching and by UNLOAD. */
enum SourceWay {
    JDBC_FETCH(Source.Way.JDBC, false),
    JDBC_UNLOAD(Source.Way.JDBC, true),
    DATA_API_FETCH(Source.Way.DATA_API, false),
    DATA_API_UNLOAD(Source.Way.DATA_API, true);

    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(2);

    private final Source.Way way;
    private final boolean unloads;

    SourceWay(Source.Way way, boolean unloads) {
        this.way = way;
        this.unloads = unloads;
    }

    boolean unloads() {
        return unloads;
    }

    /** Whether the cluster is asked to unload, and refuses. */
    boolean isRefused() {
        return this == DATA_API_FETCH;
    }

    /** The fetch threshold of runs: none if every window shall be unloaded. */
    long fetchThreshold() {
        return unloads ? 0 : ReadingPlan.FETCH_THRESHOLD;
    }

    /** Variants of UNLOAD that the documentation leaves open. */
    UnloadSetup setup(ObjectStore store) {
        UnloadSetup setup = UnloadSetup.to(store).withSlices(2);
        return switch (this) {
            case JDBC_FETCH, DATA_API_UNLOAD -> setup;
            case JDBC_UNLOAD ->
                setup.withTimestamps(TimestampEncoding.INT96).withEmptyResult(EmptyResult.WRITES_EMPTY_MANIFEST);
            case DATA_API_FETCH -> setup.withRoles(List.of(), false);
        };
    }

    Source source(URI endpoint, String jdbcUrl, String secretArn, String runId) {
        StatementName name = new StatementName(ExportFixture.CLUSTER, runId);
        if (way == Source.Way.JDBC) {
            return JdbcSource.withSecret(
                    name,
                    new JdbcAddress(jdbcUrl),
                    new SecretCredentials(
                            secretArn,
                            () -> SecretsManagerClient.builder()
                                    .endpointOverride(endpoint)
                                    .build()),
                    STATEMENT_TIMEOUT);
        }
        return DataApiSource.of(
                name,
                new ClusterConnection.DataApi(false, ExportFixture.CLUSTER.value(), "dev"),
                this == DATA_API_FETCH
                        ? new Authentication.TemporaryCredentials(ExportFixture.USER)
                        : new Authentication.Secret(secretArn),
                STATEMENT_TIMEOUT,
                () -> RedshiftDataClient.builder().endpointOverride(endpoint).build());
    }
}
