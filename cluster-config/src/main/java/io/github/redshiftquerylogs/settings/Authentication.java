package io.github.redshiftquerylogs.settings;

/** How the job authenticates at a cluster. Contains no secret. */
public sealed interface Authentication {

    /**
     * By user and password, from the cluster's parameters.
     *
     * @param user the database user
     */
    record Password(String user) implements Authentication {}

    /**
     * By user and password from a secret in Secrets Manager.
     *
     * @param arn ARN of the secret
     */
    record Secret(String arn) implements Authentication {}

    /**
     * By temporary credentials, which the Data API gets for each statement.
     * https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentials.html
     *
     * @param user the database user
     */
    record TemporaryCredentials(String user) implements Authentication {}

    /**
     * As the database user of the job's role, {@code IAMR:<role>}.
     * https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentialsWithIAM.html
     */
    record Identity() implements Authentication {}
}
