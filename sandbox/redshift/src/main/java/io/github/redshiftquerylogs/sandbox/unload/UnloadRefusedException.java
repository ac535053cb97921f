package io.github.redshiftquerylogs.sandbox.unload;

import java.sql.SQLException;

/** An UNLOAD that Redshift refuses, with the text and the SQLSTATE that its clients see. */
public final class UnloadRefusedException extends SQLException {

    private static final long serialVersionUID = 1;

    private UnloadRefusedException(String message, String sqlState) {
        super(message, sqlState);
    }

    static UnloadRefusedException syntax(String message) {
        return new UnloadRefusedException(message, "42601");
    }

    static UnloadRefusedException notSupported(String message) {
        return new UnloadRefusedException(message, "0A000");
    }

    /** The SQLSTATE that Redshift gives for errors of S3 and IAM: internal error. */
    static UnloadRefusedException storage(String message) {
        return new UnloadRefusedException(message, "XX000");
    }
}
