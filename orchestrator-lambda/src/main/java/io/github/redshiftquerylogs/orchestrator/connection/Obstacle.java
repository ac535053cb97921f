package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why no connection can be made for a cluster, and so no run started; pure. What only somebody can change is {@link
 * Outcome#MISCONFIGURED}; a cluster that does not answer queries now, a paused one for instance, is {@link
 * Outcome#FAILED}, as it is when a run finds out, only that nothing is paid for it.
 *
 * @param outcome what becomes of the cluster in this tick
 * @param text what was found and what is expected, for people
 */
public record Obstacle(Outcome outcome, String text) {

    /** https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html, {@code ClusterIdentifier}. */
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z](-?[a-z0-9])*");

    /** A name that no cluster can have. */
    static Optional<Obstacle> ofName(ClusterName cluster) {
        return IDENTIFIER.matcher(cluster.value()).matches()
                ? Optional.empty()
                : Optional.of(misconfigured(
                        "'" + cluster + "' cannot be looked up, because it cannot be the identifier of a cluster:"
                                + " expected a letter, then letters, digits and single hyphens, no hyphen at the end",
                        cluster));
    }

    /** A cluster that is not there, cannot be reached from a VPC, or does not answer queries now. */
    static Optional<Obstacle> ofCluster(ClusterName cluster, Optional<ClusterDescription> found) {
        if (found.isEmpty()) {
            return Optional.of(misconfigured(
                    "no cluster '" + cluster + "' in this account and Region: expected the identifier of a"
                            + " provisioned cluster",
                    cluster));
        }
        ClusterDescription description = found.get();
        if (description.endpoint().isEmpty() || !description.answers()) {
            return Optional.of(new Obstacle(
                    Outcome.FAILED,
                    "cluster '" + cluster + "' is " + description.status()
                            + description
                                    .availability()
                                    .map(word -> " (" + word + ")")
                                    .orElse("")
                            + (description.endpoint().isEmpty() ? " and has no endpoint" : "")
                            + ": expected one that answers queries; the next tick looks again"));
        }
        return description.network().isPresent()
                ? Optional.empty()
                : Optional.of(misconfigured(
                        "cluster '" + cluster + "' is in no VPC: expected one with a VPC and a subnet group", cluster));
    }

    static Obstacle noSubnet(ClusterName cluster, String subnetGroup) {
        return misconfigured(
                "the subnet group '" + subnetGroup + "' of cluster '" + cluster + "' has no active subnet: expected"
                        + " one for the job's workers",
                cluster);
    }

    static Obstacle noSecurityGroup(ClusterName cluster, String vpc) {
        return misconfigured(
                "cluster '" + cluster + "' has no active security group: expected one, or groups for " + vpc
                        + " in the variable " + LambdaVariables.SECURITY_GROUPS,
                cluster);
    }

    /** Somebody else's connection has the name that ours would have. */
    static Obstacle foreignConnection(ClusterName cluster, String connection) {
        return misconfigured(
                "a Glue connection '" + connection + "' exists already and was not made by the orchestrator:"
                        + " expected none of that name",
                cluster);
    }

    private static Obstacle misconfigured(String text, ClusterName cluster) {
        return new Obstacle(
                Outcome.MISCONFIGURED,
                text + "; or a parameter " + ParameterNames.connection(cluster) + " that says how it is reached");
    }
}
