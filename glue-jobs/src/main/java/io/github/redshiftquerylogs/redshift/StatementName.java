package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a run's statements at its cluster, by which a later run finds those of a run that died: the name of a statement
 * over the Data API, a comment before each statement over JDBC. A name of a cluster has no slash.
 *
 * @param cluster the cluster's name in the lake
 * @param runId Glue's id of the run
 */
public record StatementName(ClusterName cluster, String runId) implements Serializable {

    /** The query group of all statements, by which the cluster's logs and queues recognise them. */
    static final String QUERY_GROUP = "redshift_query_logs";

    private static final Pattern COMMENT = Pattern.compile("/\\* (" + QUERY_GROUP + "/[^ ]+) \\*/");
    /** Would end the comment, or the name in it. */
    private static final Pattern SPECIAL = Pattern.compile("[^\\w.-]");

    /** The name. */
    String text() {
        return ofAllRuns() + SPECIAL.matcher(runId).replaceAll("_");
    }

    /** The beginning of the names of all runs of the cluster. */
    String ofAllRuns() {
        return QUERY_GROUP + "/" + cluster + "/";
    }

    /** A statement with the name in a comment before it. */
    String before(String sql) {
        return "/* " + text() + " */ " + sql;
    }

    /** The name that a statement begins with, if it is one of another run of this cluster. */
    Optional<String> otherRunOf(String sql) {
        Matcher comment = COMMENT.matcher(sql);
        return comment.lookingAt()
                ? Optional.of(comment.group(1)).filter(name -> name.startsWith(ofAllRuns()) && !name.equals(text()))
                : Optional.empty();
    }
}
