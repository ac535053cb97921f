package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reason why a cluster cannot be connected, and its run not started; pure. {@link Outcome#MISCONFIGURED} if a user has to
 * change something; {@link Outcome#FAILED} if the cluster does not answer queries at the moment, such as a paused one: a
 * run would fail as well, but would be billed.
 *
 * @param outcome outcome of the cluster in this tick
 * @param text message for users: what was found and what is expected
 */
public record LookupFailure(Outcome outcome, String text) {

    /** https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html, {@code ClusterIdentifier}. */
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z](-?[a-z0-9])*");

    /** The failure for a name that cannot be a cluster identifier; empty if it can. */
    static Optional<LookupFailure> ofName(ClusterName cluster) {
        return IDENTIFIER.matcher(cluster.value()).matches()
                ? Optional.empty()
                : Optional.of(misconfigured(
                        "'" + cluster + "' cannot be looked up, because it cannot be the identifier of a cluster:"
                                + " expected a letter, then letters, digits and single hyphens, no hyphen at the end",
                        cluster));
    }

    /**
     * The failure for a cluster that does not exist, is in no VPC, or does not answer queries; empty if it can be
     * connected.
     */
    static Optional<LookupFailure> ofCluster(ClusterName cluster, Optional<ProvisionedCluster> found) {
        if (found.isEmpty()) {
            return Optional.of(misconfigured(
                    "no cluster '" + cluster + "' in this account and Region: expected the identifier of a"
                            + " provisioned cluster",
                    cluster));
        }
        ProvisionedCluster description = found.get();
        if (description.endpoint().isEmpty() || !description.answers()) {
            return Optional.of(new LookupFailure(
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

    /** The failure for a subnet group without an active subnet. */
    static LookupFailure noSubnet(ClusterName cluster, String subnetGroup) {
        return misconfigured(
                "the subnet group '" + subnetGroup + "' of cluster '" + cluster + "' has no active subnet: expected"
                        + " one for the job's workers",
                cluster);
    }

    /** The failure for a cluster without an active security group. */
    static LookupFailure noSecurityGroup(ClusterName cluster, String vpc) {
        return misconfigured(
                "cluster '" + cluster + "' has no active security group: expected one, or groups for " + vpc
                        + " in the variable " + LambdaVariables.SECURITY_GROUPS,
                cluster);
    }

    /** The failure for an existing connection of the same name that the Lambda did not create. */
    static LookupFailure foreignConnection(ClusterName cluster, String connection) {
        return misconfigured(
                "a Glue connection '" + connection + "' exists already and was not made by the orchestrator:"
                        + " expected none of that name",
                cluster);
    }

    private static LookupFailure misconfigured(String text, ClusterName cluster) {
        return new LookupFailure(
                Outcome.MISCONFIGURED,
                text + "; or a parameter " + ParameterNames.connection(cluster) + " that says how it is reached");
    }
}
