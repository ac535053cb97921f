package io.github.redshiftquerylogs.sandbox.demo.deploy;

/** How a cluster is reached, and as whom; the kinds that users have. */
public enum ClusterKind {
    /** User and password are all that is told; the Lambda looks the cluster up and makes the connection. */
    LOOKED_UP("JDBC, password, looked up"),
    /** A Glue connection is there already; user and password are in a secret. */
    SECRET("JDBC, secret"),
    /** Neither network nor password: statements run as the user that stands for the job's role. */
    DATA_API("Data API, IAM identity");

    private final String text;

    ClusterKind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
