package io.github.redshiftquerylogs.sandbox.demo.keep;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.sandbox.demo.deploy.DeployedSandbox;
import io.github.redshiftquerylogs.sandbox.demo.deploy.Deployment;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.demo.terminal.TextTable;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The instructions for a demo that is kept running. */
public final class LookAround {

    private static final String ENVIRONMENT_FILE = "environment.sh";

    /** Before version 2.13 the command line accepts an endpoint only as an option. */
    private static final String FUNCTION = """
            unset AWS_PROFILE AWS_SESSION_TOKEN

            # the command line reads the variables above since 2.13; with this it works before, too
            aws() {
              local endpoint=$AWS_ENDPOINT_URL word
              for word in "$@"; do
                case $word in
                  s3 | s3api) endpoint=$AWS_ENDPOINT_URL_S3; break ;;
                  dynamodb) endpoint=$AWS_ENDPOINT_URL_DYNAMODB; break ;;
                  ssm | glue | redshift | redshift-data | secretsmanager) break ;;
                esac
              done
              command aws --endpoint-url "$endpoint" "$@"
            }
            """;

    private static final String TEXT = """

              The aws command line (with Debian's awscli, too), in a shell of bash or zsh:

            @exports@
              or all of it by:  source @environment@

                aws ssm get-parameters --names @list@
                aws glue get-job-runs --job-name @job@
                aws dynamodb scan --table-name @state@
                aws s3 ls --recursive s3://@bucket@/data/stl_query/

              Trino: any user, no password
                @trino@

              Redshift's stand-ins: user @user@
            @clusters@
              A password, made up for this run:
                aws ssm get-parameter --with-decryption --name @password@

              Files: @folder@/
                buckets/@bucket@/data/   the lake       runs/       logs of job runs
                lambda.log@blanks@   the Lambda's log   metrics.log   its metrics

              Enable @spare@, and see the next tick follow:
                aws ssm put-parameter --overwrite --name @list@ \\
                  --value @all@
                ./demo tick@output@

              Ask: ./demo query lists the questions, ./demo query top_queries@output@ asks one

            """;

    private final Path folder;
    private final DeployedSandbox sandbox;
    private final List<SandboxCluster> clusters;
    private final String trino;
    private final ClusterName spare;

    /**
     * @param folder the demo's output folder
     * @param clusters all clusters, enabled or not
     * @param trino the JDBC URL of its Trino
     * @param spare the cluster that is not enabled yet
     */
    public LookAround(
            Path folder, DeployedSandbox sandbox, List<SandboxCluster> clusters, String trino, ClusterName spare) {
        this.folder = folder;
        this.sandbox = sandbox;
        this.clusters = List.copyOf(clusters);
        this.trino = trino;
        this.spare = spare;
    }

    /** Writes the file for shells and returns the instructions. */
    public String write() {
        List<ClusterName> enabled = sandbox.enrolment().enabled();
        String exports = exports();
        Path environment = folder.resolve(ENVIRONMENT_FILE);
        try {
            Files.writeString(environment, exports + FUNCTION);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + environment, e);
        }
        Map<String, String> values = Map.ofEntries(
                Map.entry("exports", exports.indent(4).stripTrailing()),
                Map.entry("environment", environment.toString()),
                Map.entry("list", ParameterNames.ENABLED_CLUSTER_LIST),
                Map.entry("job", ResourceNames.job(enabled.get(0))),
                Map.entry("state", ResourceNames.STATE_TABLE),
                Map.entry("bucket", Deployment.BUCKET),
                Map.entry("trino", trino),
                Map.entry("user", SandboxCluster.USER),
                Map.entry("clusters", clusters(enabled)),
                Map.entry("password", ParameterNames.password(spare)),
                Map.entry("folder", folder.toString()),
                Map.entry("output", isWhereDemosAreLookedFor() ? "" : " --output=" + folder),
                Map.entry("blanks", " ".repeat(Deployment.BUCKET.length() + 4)),
                Map.entry("spare", spare.value()),
                Map.entry("all", enabled.stream().map(name -> name + ",").collect(Collectors.joining()) + spare));
        String text = TEXT;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        return text;
    }

    private boolean isWhereDemosAreLookedFor() {
        return folder.toAbsolutePath().startsWith(RunningDemo.OUTPUTS.toAbsolutePath());
    }

    private String exports() {
        return new TreeMap<>(sandbox.aws().environment())
                .entrySet().stream()
                        .map(variable -> "export " + variable.getKey() + "=" + variable.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    private String clusters(List<ClusterName> enabled) {
        TextTable table = new TextTable(List.of("cluster", "enabled", "reached by", "JDBC URL"));
        clusters.forEach(cluster -> table.add(List.of(
                cluster.name().value(),
                enabled.contains(cluster.name()) ? "yes" : "not yet",
                cluster.plan().kind().toString(),
                cluster.redshift().jdbcUrl())));
        return table.render().indent(2).stripTrailing();
    }
}
