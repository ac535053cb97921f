package io.github.redshiftquerylogs.transfer;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log levels of a job's processes. A configuration in the job's jar would come too late: Spark configures Log4j before it
 * loads the jar, from its own defaults or, on Glue, from Glue's configuration.
 */
public final class LogLevels {

    private static final Logger LOG = LoggerFactory.getLogger(LogLevels.class);

    private static final String OURS = "io.github.redshiftquerylogs";
    /** Libraries that are relocated into the job's jar. */
    private static final String SHADED = OURS + ".shaded";

    private LogLevels() {}

    /** Sets this program to INFO and everything else to WARN. Without Log4j, levels stay as the platform set them. */
    public static void apply() {
        try {
            Configurator.setRootLevel(Level.WARN);
            Configurator.setLevel("org.apache.spark", Level.WARN);
            Configurator.setLevel(OURS, Level.INFO);
            Configurator.setLevel(SHADED, Level.WARN);
        } catch (LinkageError | ClassCastException e) {
            LOG.warn("cannot set log levels: expected Log4j 2, as Spark ships it", e);
        }
    }
}
