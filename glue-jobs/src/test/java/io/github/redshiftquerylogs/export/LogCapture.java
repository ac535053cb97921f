package io.github.redshiftquerylogs.export;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps what the job's side of this process logs, through Log4j (INFO) and through java.util.logging. */
final class LogCapture implements AutoCloseable {

    /** Part of every capture, as a control. */
    static final String BEGIN_SLF4J = "capture begins, SLF4J";
    /** Part of every capture, as a control. */
    static final String BEGIN_PLATFORM = "capture begins, java.util.logging";

    private final StringWriter text = new StringWriter();
    private final Logger root = (Logger) LogManager.getRootLogger();
    private final Level level = root.getLevel();
    private final java.util.logging.Logger platformRoot = java.util.logging.Logger.getLogger("");
    private final java.util.logging.Level platformLevel = platformRoot.getLevel();

    private final AbstractAppender appender = new AbstractAppender("capture", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            // the stand-in's PostgreSQL logs the error text; on AWS that is the cluster's own log
            if (!event.getLoggerName().startsWith("io.zonky.")) {
                keep(event.getLevel() + " " + event.getMessage().getFormattedMessage(), event.getThrown());
            }
        }
    };

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            keep(record.getLevel() + " " + record.getMessage(), record.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    LogCapture() {
        appender.start();
        root.addAppender(appender);
        Configurator.setRootLevel(Level.INFO);
        platformRoot.addHandler(handler);
        platformRoot.setLevel(java.util.logging.Level.ALL);
        LoggerFactory.getLogger(LogCapture.class).info(BEGIN_SLF4J);
        java.util.logging.Logger.getLogger("com.amazon.redshift").info(BEGIN_PLATFORM);
    }

    private synchronized void keep(String message, @Nullable Throwable thrown) {
        PrintWriter out = new PrintWriter(text, true);
        out.println(message);
        if (thrown != null) {
            thrown.printStackTrace(out);
        }
    }

    synchronized String text() {
        return text.toString();
    }

    @Override
    public void close() {
        root.removeAppender(appender);
        Configurator.setRootLevel(level);
        platformRoot.removeHandler(handler);
        platformRoot.setLevel(platformLevel);
    }
}
