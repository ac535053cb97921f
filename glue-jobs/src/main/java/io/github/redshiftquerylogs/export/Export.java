package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.news.News;
import io.github.redshiftquerylogs.news.Unread;
import java.util.Optional;

/** The work of a run for one table. */
interface Export {

    /** The table name. */
    String name();

    /**
     * What the cluster is to be asked for before the export, together with other tables. May fail: then the export fails the
     * same way, and says why.
     *
     * @return empty if the export does not need to know whether there are new rows
     */
    default Optional<Unread> unread() {
        return Optional.empty();
    }

    /**
     * Exports; a failure is part of the summary, so that other tables continue.
     *
     * @param news the answer about {@link #unread}; empty if there is none
     * @throws io.github.redshiftquerylogs.failure.ClockSkewException if the source's clock went back behind what this table
     *     was read up to; nothing was read
     */
    TableSummary export(Optional<News> news);
}
