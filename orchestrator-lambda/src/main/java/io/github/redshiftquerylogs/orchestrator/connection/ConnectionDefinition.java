package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Definition of the Glue connection of a cluster that was looked up; pure. It gives the job the cluster's address and puts
 * the job into the cluster's network. Credentials are not part of it; the job reads them from parameters.
 *
 * @param name {@link ResourceNames#connection}
 * @param description marks the connection as created by the Lambda, for this cluster
 * @param url JDBC URL without credentials
 * @param subnet id of the workers' subnet
 * @param availabilityZone zone of the subnet; redundant, but "currently the field must be populated"
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
     * User and password of the connection. Glue rejects a JDBC connection without credentials; the job does not use
     * them.
     */
    static final String PLACEHOLDER = "not-used-see-parameter-store";

    static final String URL = "JDBC_CONNECTION_URL";
    static final String ENFORCE_SSL = "JDBC_ENFORCE_SSL";
    static final String DESCRIPTION = "description";

    private static final String DESCRIPTION_START = "Made by redshift-query-logs for cluster ";

    /**
     * The definition for a described cluster.
     *
     * @param securityGroups ids of the security groups of the job's workers
     * @throws java.util.NoSuchElementException if the cluster has no endpoint; see {@link LookupFailure#ofCluster}
     */
    static ConnectionDefinition of(
            ClusterName cluster, ProvisionedCluster description, JobSubnet subnet, List<String> securityGroups) {
        ProvisionedCluster.Endpoint endpoint = description.endpoint().orElseThrow();
        return new ConnectionDefinition(
                ResourceNames.connection(cluster),
                DESCRIPTION_START + cluster,
                "jdbc:redshift://" + endpoint.host() + ":" + endpoint.port() + "/" + description.database(),
                subnet.id(),
                subnet.availabilityZone(),
                securityGroups.stream().sorted().toList());
    }

    /** The settings that the job depends on, by name; compared with those of the existing connection. */
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

    /** Whether a connection with these {@link #settings} was created by the Lambda for this cluster. */
    static boolean isOurs(ClusterName cluster, Map<String, String> actual) {
        return (DESCRIPTION_START + cluster).equals(actual.get(DESCRIPTION));
    }
}
