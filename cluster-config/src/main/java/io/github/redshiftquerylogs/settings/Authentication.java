package io.github.redshiftquerylogs.settings;

/** As whom the job connects to a cluster. Holds no secret. */
public sealed interface Authentication {

    /**
     * With a password, in the cluster's parameter {@code password}.
     *
     * @param user the database user
     */
    record Password(String user) implements Authentication {}

    /**
     * With the user and password in a secret of Secrets Manager.
     *
     * @param arn of the secret
     */
    record Secret(String arn) implements Authentication {}

    /**
     * With credentials that the Data API gets for the time of a statement.
     * https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentials.html
     *
     * @param user the database user
     */
    record TemporaryCredentials(String user) implements Authentication {}

    /**
     * As the database user that stands for the job's role, {@code IAMR:<role>}.
     * https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentialsWithIAM.html
     */
    record Identity() implements Authentication {}
}
