package io.github.redshiftquerylogs.sandbox.demo.load;

/** The kinds of clusters by connection and authentication. */
public enum ClusterKind {
    /** Only user and password are configured; the Lambda looks up the cluster and creates the connection. */
    LOOKED_UP("JDBC, password, looked up"),
    /** A Glue connection exists; user and password are in a secret. */
    SECRET("JDBC, secret"),
    /** No network and no password: statements run as the database user of the job's role. */
    DATA_API("Data API, IAM identity"),
    /** A Serverless workgroup: SYS views instead of STL tables; otherwise as {@link #DATA_API}. */
    SERVERLESS("Data API, Serverless workgroup");

    private final String text;

    ClusterKind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
