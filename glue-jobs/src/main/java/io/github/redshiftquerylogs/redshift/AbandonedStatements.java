package io.github.redshiftquerylogs.redshift;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.redshiftdata.model.ListStatementsRequest;
import software.amazon.awssdk.services.redshiftdata.model.StatementData;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;

/** Statements of the Data API that earlier runs of a cluster have left behind, and that have not ended. */
final class AbandonedStatements {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedStatements.class);
    private static final List<StatusString> GOING =
            List.of(StatusString.STARTED, StatusString.PICKED, StatusString.SUBMITTED);

    private final DataApiSource source;
    private final RedshiftDataClient client;

    /** @param client the caller closes it */
    AbandonedStatements(DataApiSource source, RedshiftDataClient client) {
        this.source = source;
        this.client = client;
    }

    /**
     * Cancels them.
     *
     * @return notes for the user: how many there were, and why they could not be listed or cancelled
     */
    List<String> cancel() {
        List<StatementData> found;
        try {
            found = list();
        } catch (SdkException e) {
            return List.of("whether an earlier run has left statements at " + source + " is not known (" + firstLine(e)
                    + "): expected redshift-data:ListStatements for the role of the job");
        }
        List<String> notes = new ArrayList<>();
        int cancelled = 0;
        for (StatementData statement : found) {
            try {
                client.cancelStatement(cancel -> cancel.id(statement.id()));
                cancelled++;
            } catch (SdkException e) {
                // it may have ended meanwhile; the database ends it at its timeout in any case
                LOG.warn("{}: cannot cancel {} of {}", source, statement.id(), statement.statementName(), e);
                notes.add("a statement of " + statement.statementName() + " could not be cancelled: " + firstLine(e));
            }
        }
        if (cancelled > 0) {
            notes.add(
                    0,
                    "another run of this cluster has left statements running at " + source + "; cancelled: "
                            + cancelled);
        }
        return notes;
    }

    private List<StatementData> list() {
        List<StatementData> found = new ArrayList<>();
        for (StatusString status : GOING) {
            client.listStatementsPaginator(request(status)).statements().stream()
                    .filter(statement -> !source.name().text().equals(statement.statementName()))
                    .forEach(found::add);
        }
        return found;
    }

    /** Asks for statements in all databases, because a run may have used several. */
    private ListStatementsRequest request(StatusString status) {
        ListStatementsRequest.Builder request = ListStatementsRequest.builder()
                .statementName(source.name().ofAllRuns())
                .status(status);
        return source.connection().serverless()
                ? request.workgroupName(source.connection().warehouse()).build()
                : request.clusterIdentifier(source.connection().warehouse()).build();
    }

    private static String firstLine(SdkException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
