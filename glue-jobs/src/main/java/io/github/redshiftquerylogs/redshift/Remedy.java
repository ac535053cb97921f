package io.github.redshiftquerylogs.redshift;

import org.jspecify.annotations.Nullable;

/**
 * What a superuser runs so that a database user sees the logs of all users, as SQL that can be executed as printed; pure.
 * Names are always quoted: those of IAM identities have colons and hyphens ({@code IAMR:redshift-query-logs-job}), others
 * dots or reserved words. https://docs.aws.amazon.com/redshift/latest/dg/r_names.html
 *
 * @param user name of the database user; null if it is not known
 * @param serverless whether the user is one of a Serverless workgroup, where the role is the way
 *     (https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-monitoring.html)
 */
record Remedy(@Nullable String user, boolean serverless) {

    /** The same remedy for the user as the cluster names it. */
    Remedy forUser(@Nullable String name) {
        return name == null ? this : new Remedy(name, serverless);
    }

    /** What is expected, without a leading "expected". */
    String text() {
        if (user == null) {
            return serverless
                    ? "role sys:monitor for its database user"
                    : "SYSLOG ACCESS UNRESTRICTED, or role sys:monitor, for its database user";
        }
        String role = "GRANT ROLE sys:monitor TO " + quoted(user);
        return "that a superuser runs "
                + (serverless ? role : "ALTER USER " + quoted(user) + " SYSLOG ACCESS UNRESTRICTED, or " + role);
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
