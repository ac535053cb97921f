package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.count.DayCount;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.news.News;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.transfer.ReadWindow;
import io.github.redshiftquerylogs.watermark.Backfill;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import io.github.redshiftquerylogs.window.Window;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run logs: its begin, bounds and end and each window at INFO, each refusal and repetition with its reason and each
 * note at WARN, failures at ERROR. Each line begins with the cluster, and with the table if it is about one.
 */
final class RunLog {

    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

    private final String subject;

    RunLog(ClusterName cluster) {
        this(cluster.value());
    }

    private RunLog(String subject) {
        this.subject = subject;
    }

    RunLog forTable(String table) {
        return new RunLog(subject + " " + table);
    }

    void begins(String runId, JobArguments arguments) {
        LOG.info(
                "{}: run {} begins: windows of at most {}, budget {}",
                subject,
                runId,
                arguments.window(),
                arguments.budget());
    }

    /** What a run reads, and its bounds: from the oldest watermark to the run's upper bound. */
    void reads(SourceInfo source, Map<ExportDeclaration, TableState> stored) {
        boolean all =
                stored.values().stream().allMatch(table -> table.watermark().isPresent());
        Optional<LocalDateTime> oldest = stored.values().stream()
                .flatMap(table -> table.watermark().stream())
                .map(Watermark::readUpTo)
                .min(LocalDateTime::compareTo)
                .filter(time -> all);
        LOG.info(
                "{}: reads {} from {} to {}; its clock shows {}; tables {}",
                subject,
                source.identity(),
                oldest.map(LocalDateTime::toString).orElse("the lake's last or the source's first row"),
                source.runUpperBound(),
                source.clock(),
                stored.keySet().stream().map(ExportDeclaration::name).collect(Collectors.joining(", ")));
    }

    void ends(RunSummary summary) {
        LOG.info(
                "{}: run {} ends: {}; read up to {}; {} of {} tables complete, {} windows, {} rows, {} s",
                subject,
                summary.runId(),
                summary.status().text(),
                summary.source()
                        .map(source -> source.runUpperBound().toString())
                        .orElse("nothing"),
                summary.tables().stream().filter(TableSummary::complete).count(),
                summary.tables().size(),
                summary.tables().stream().mapToInt(TableSummary::windows).sum(),
                summary.tables().stream().mapToLong(TableSummary::rows).sum(),
                seconds(Duration.between(summary.startedAt(), summary.finishedAt())));
    }

    /**
     * A finished window.
     *
     * @param attempts how often its commit was tried
     * @param together how many windows this commit has
     */
    void window(Window window, ReadWindow read, Duration time, int attempts, int together) {
        LOG.info(
                "{}: window {}: {} rows, {}, {} s, {}{}",
                subject,
                window,
                read.written().rows(),
                read.unloaded() ? "unload" : "fetch",
                seconds(time),
                read.written().rows() == 0
                        ? "nothing to commit"
                        : attempts + (attempts == 1 ? " commit attempt" : " commit attempts"),
                together == 1 ? "" : " for " + together + " windows");
    }

    /** The answer to the question for new rows. */
    void news(Collection<News> news, int logs) {
        LOG.info(
                "{}: {} of {} logs were asked for new rows: {} have some, {} have none, {} show nothing that proves it",
                subject,
                news.size(),
                logs,
                news.stream().filter(log -> !log.none()).count(),
                news.stream().filter(log -> log.none() && log.proven()).count(),
                news.stream().filter(log -> !log.proven()).count());
    }

    /** A window that has to start over. */
    void startsOver(Window window, String reason) {
        LOG.warn("{}: window {} starts over: {}", subject, window, reason);
    }

    /** How far a first export is that takes more than this run. */
    void backfill(Backfill backfill, LocalDateTime readUpTo) {
        LOG.info(
                "{}: first export: read from {} up to {} of {}; done {}",
                subject,
                backfill.from(),
                readUpTo,
                backfill.to(),
                backfill.doneAt()
                        .map(time -> "at about " + time + " at this pace")
                        .orElse("at an unknown time"));
    }

    /** A window without rows, which nothing proves. */
    void waits(Window window) {
        LOG.info(
                "{}: window {}: the cluster shows no row that proves this; the watermark waits for the next run",
                subject,
                window);
    }

    /** An export that cannot be read. */
    void unavailable(TableSummary table) {
        table.unavailable()
                .ifPresent(why -> LOG.warn(
                        "{} {}: {}: {}", subject, table.table(), why.state().text(), why.reason()));
    }

    /** The count of a past day. */
    void counted(DayCount count) {
        LOG.info(
                "{}: count of {}: {} rows in the source, {} in the lake; {} hours differ",
                subject,
                count.day(),
                count.sourceRows(),
                count.lakeRows(),
                count.differingHours().size());
    }

    void note(String note) {
        LOG.warn("{}: {}", subject, note);
    }

    void failed(Failure failure) {
        LOG.error(
                "{}: failed ({}): {}",
                subject,
                failure.category(),
                failure.text(),
                failure.unexpected().orElse(null));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
