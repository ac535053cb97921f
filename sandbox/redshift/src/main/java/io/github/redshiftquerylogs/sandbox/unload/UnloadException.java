package io.github.redshiftquerylogs.sandbox.unload;

import java.sql.SQLException;

/** An UNLOAD that Redshift refuses, with the text and the SQLSTATE that its clients see. */
public final class UnloadException extends SQLException {

    private static final long serialVersionUID = 1;

    private UnloadException(String message, String sqlState) {
        super(message, sqlState);
    }

    static UnloadException syntax(String message) {
        return new UnloadException(message, "42601");
    }

    static UnloadException notSupported(String message) {
        return new UnloadException(message, "0A000");
    }

    /** What Redshift reports of S3 and IAM: "internal error". */
    static UnloadException storage(String message) {
        return new UnloadException(message, "XX000");
    }
}
