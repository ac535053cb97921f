package io.github.redshiftquerylogs.sandbox.demo.deploy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.redshift.ClusterDetails;
import io.github.redshiftquerylogs.sandbox.aws.servers.LocalCredentials;
import io.github.redshiftquerylogs.sandbox.aws.spark.SparkSubmitRunner;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterKind;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.protocol.TlsIdentity;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.unload.UnloadSetup;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Adds clusters to the system by parameters only, as a user does. */
public final class ClusterEnrolment {

    /** The database user of the job's runs; the local AWS has access keys in place of roles. */
    private static final String IDENTITY = "IAMR:" + LocalCredentials.DEFAULT.accessKeyId();

    private final LocalAws aws;
    private final TlsIdentity identity;
    private final List<ClusterName> enabled = new ArrayList<>();

    /** @param jobs will trust the clusters' certificates */
    ClusterEnrolment(LocalAws aws, SparkSubmitRunner jobs) {
        this.aws = aws;
        this.identity = TlsIdentity.create(aws.workFolder().resolve("tls"));
        jobs.trust(identity);
    }

    /** Registers a cluster in the account and creates what its kind requires; its parameters last. */
    public void prepare(SandboxCluster cluster) {
        cluster.redshift().speakTls(identity);
        cluster.redshift().unloadWith(UnloadSetup.to(aws.objectStore()));
        cluster.plan()
                .exports()
                .ifPresent(list -> put(ParameterNames.exports(cluster.name()), ParameterType.STRING, list));
        ClusterKind kind = cluster.plan().kind();
        switch (kind) {
            case LOOKED_UP -> prepareLookedUp(cluster);
            case SECRET -> prepareSecret(cluster);
            case DATA_API, SERVERLESS -> prepareDataApi(cluster, kind == ClusterKind.SERVERLESS);
        }
    }

    private void prepareLookedUp(SandboxCluster cluster) {
        aws.endpoint().warehouses().addCluster(cluster.redshift());
        put(ParameterNames.user(cluster.name()), ParameterType.STRING, SandboxCluster.USER);
        put(ParameterNames.password(cluster.name()), ParameterType.SECURE_STRING, cluster.password());
    }

    /** With an existing Glue connection. */
    private void prepareSecret(SandboxCluster cluster) {
        ClusterName name = cluster.name();
        EmbeddedRedshift redshift = cluster.redshift();
        aws.endpoint().warehouses().addCluster(redshift);
        String connection = name + "-connection";
        aws.glue()
                .createConnection(request -> request.connectionInput(input -> input.name(connection)
                        .connectionType(ConnectionType.JDBC)
                        .connectionProperties(Map.of(
                                ConnectionPropertyKey.JDBC_CONNECTION_URL,
                                "jdbc:redshift://" + redshift.host() + ":" + redshift.port() + "/"
                                        + redshift.database()))));
        String secret = JsonMapper.builder()
                .build()
                .createObjectNode()
                .put("username", SandboxCluster.USER)
                .put("password", cluster.password())
                .toString();
        String arn = aws.secretsManager()
                .createSecret(request -> request.name("redshift/" + name).secretString(secret))
                .arn();
        put(ParameterNames.connection(name), ParameterType.STRING, connection);
        put(ParameterNames.secret(name), ParameterType.STRING, arn);
    }

    private void prepareDataApi(SandboxCluster cluster, boolean serverless) {
        EmbeddedRedshift redshift = cluster.redshift();
        // identifiers of clusters and workgroups have no underscores, unlike names in the lake
        String identifier = cluster.name().value().replace('_', '-');
        if (serverless) {
            aws.endpoint().warehouses().addWorkgroup(identifier, redshift);
        } else {
            aws.endpoint()
                    .warehouses()
                    .addCluster(
                            ClusterDetails.of(identifier, redshift.host(), redshift.port(), redshift.database()),
                            redshift);
        }
        redshift.users().create(IDENTITY, null);
        redshift.users().grantRole(IDENTITY, "sys:monitor");
        put(
                ParameterNames.connection(cluster.name()),
                ParameterType.STRING,
                new ClusterConnection.DataApi(serverless, identifier, redshift.database()).toString());
    }

    /** Adds a cluster to the parameter with the enabled clusters. */
    public void enable(ClusterName cluster) {
        enabled.add(cluster);
        put(
                ParameterNames.ENABLED_CLUSTER_LIST,
                ParameterType.STRING_LIST,
                enabled.stream().map(ClusterName::value).collect(Collectors.joining(",")));
    }

    /** The clusters that were enabled here; users may have changed the parameter since. */
    public List<ClusterName> enabled() {
        return List.copyOf(enabled);
    }

    private void put(String name, ParameterType type, String value) {
        aws.ssm()
                .putParameter(
                        request -> request.name(name).type(type).value(value).overwrite(true));
    }
}
