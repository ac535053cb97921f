package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.environment.ClusterSubnet;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Glue connection of a cluster that was looked up, as it should be; pure. It tells the job where the cluster is and
 * puts the job into the cluster's network; as whom it connects is in parameters alone.
 *
 * @param name {@link ResourceNames#connection}
 * @param description says that it is ours, and for which cluster
 * @param url JDBC URL without credentials
 * @param subnet id of the subnet that the job's workers get their addresses from
 * @param availabilityZone the subnet's zone: redundant, "currently the field must be populated"
 *     (https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-connections.html)
 * @param securityGroups ids of the workers' security groups, sorted
 */
public record ConnectionDefinition(
        String name,
        String description,
        String url,
        String subnet,
        String availabilityZone,
        List<String> securityGroups) {

    /**
     * Glue refuses a JDBC connection without user and password, or a secret. The job uses neither of them; these are no
     * credentials of anything.
     */
    static final String PLACEHOLDER = "not-used-see-parameter-store";

    static final String URL = "JDBC_CONNECTION_URL";
    static final String ENFORCE_SSL = "JDBC_ENFORCE_SSL";
    static final String DESCRIPTION = "description";

    private static final String DESCRIPTION_START = "Made by redshift-query-logs for cluster ";

    /**
     * @param securityGroups of the job's workers
     * @throws java.util.NoSuchElementException if the cluster has no endpoint; see {@link Obstacle#ofCluster}
     */
    static ConnectionDefinition of(
            ClusterName cluster, ClusterDescription description, ClusterSubnet subnet, List<String> securityGroups) {
        ClusterDescription.Endpoint endpoint = description.endpoint().orElseThrow();
        return new ConnectionDefinition(
                ResourceNames.connection(cluster),
                DESCRIPTION_START + cluster,
                "jdbc:redshift://" + endpoint.host() + ":" + endpoint.port() + "/" + description.database(),
                subnet.id(),
                subnet.availabilityZone(),
                securityGroups.stream().sorted().toList());
    }

    /** What the job depends on, each by a name of its own; to be compared with what a connection has. */
    SortedMap<String, String> settings() {
        return new TreeMap<>(Map.of(
                DESCRIPTION,
                description,
                URL,
                url,
                ENFORCE_SSL,
                "true",
                "subnet",
                subnet,
                "availabilityZone",
                availabilityZone,
                "securityGroups",
                String.join(",", securityGroups)));
    }

    /** Whether a connection with these {@link #settings} was made here, for this cluster. */
    static boolean isOurs(ClusterName cluster, Map<String, String> actual) {
        return (DESCRIPTION_START + cluster).equals(actual.get(DESCRIPTION));
    }
}
