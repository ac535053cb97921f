package io.github.redshiftquerylogs.export;

/** The work of a run for one table. */
interface Export {

    /** The table name. */
    String name();

    /**
     * Exports; a failure is part of the summary, so that other tables continue.
     *
     * @throws io.github.redshiftquerylogs.failure.ClockSkewException if the source's clock went back behind what this table
     *     was read up to; nothing was read
     */
    TableSummary export();
}
