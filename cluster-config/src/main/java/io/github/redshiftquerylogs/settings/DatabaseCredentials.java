package io.github.redshiftquerylogs.settings;

import java.io.Serializable;

/**
 * A database user and its password. Serializable, because Spark tasks connect with it. {@link #toString} hides the
 * password.
 *
 * @param user the database user
 * @param password its password
 */
public record DatabaseCredentials(String user, String password) implements Serializable {

    @Override
    public String toString() {
        return "DatabaseCredentials[user=" + user + ", password=" + Problem.HIDDEN + "]";
    }
}
