package io.github.redshiftquerylogs.redshift;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final String NAME = "(?:[A-Za-z_][A-Za-z0-9_$]*|\"(?:[^\"]|\"\")+\")";
    /** As in the SQL of a declaration, whose names may have quotes themselves. */
    private static final Pattern RELATION = Pattern.compile(NAME + "(?:\\." + NAME + "){0,2}");

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

    /** What lets the user read relations that only superusers may read, without a leading "expected". */
    String select(List<String> relations) {
        String grant = "GRANT SELECT ON "
                + relations.stream().map(Remedy::relation).collect(Collectors.joining(", "))
                + " TO ";
        return user == null
                ? "that a superuser runs " + grant + "its database user"
                : "that a superuser runs " + grant + quoted(user);
    }

    private static String relation(String name) {
        return RELATION.matcher(name).matches() ? name : quoted(name);
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
