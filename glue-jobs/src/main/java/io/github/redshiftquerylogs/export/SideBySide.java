package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.failure.ClockSkewException;
import io.github.redshiftquerylogs.news.News;
import io.github.redshiftquerylogs.news.NewsQuestion;
import io.github.redshiftquerylogs.news.Unread;
import io.github.redshiftquerylogs.redshift.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Exports tables side by side, each in a thread of its own, after one question which of them have new rows. */
final class SideBySide {

    private final Source source;
    private final NewsQuestion news;
    private final RunLog log;
    private final List<String> notes = new ArrayList<>();
    private final List<ClockSkewException> clockWentBack = new ArrayList<>();

    SideBySide(Source source, RunLog log) {
        this.source = source;
        this.news = new NewsQuestion(source, this::note);
        this.log = log;
    }

    /** Exports some tables, to the end of the last one. */
    List<TableSummary> export(List<Export> tables) {
        if (tables.isEmpty()) {
            return List.of();
        }
        SharedNews shared = new SharedNews(tables.size(), this::ask);
        ExecutorService threads = Executors.newFixedThreadPool(tables.size());
        try {
            List<Future<TableSummary>> running = tables.stream()
                    .map(table -> threads.submit(() -> table.export(shared.of(unread(table)))))
                    .toList();
            List<TableSummary> summaries = new ArrayList<>();
            for (int i = 0; i < running.size(); i++) {
                summaries.add(result(tables.get(i).name(), running.get(i)));
            }
            return summaries;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The reasons of tables that the source's clock keeps from being read. */
    List<ClockSkewException> clockWentBack() {
        return List.copyOf(clockWentBack);
    }

    /** What a user should know about the question for new rows. */
    List<String> notes() {
        synchronized (notes) {
            return List.copyOf(notes);
        }
    }

    private void note(String note) {
        log.note(note);
        synchronized (notes) {
            notes.add(note);
        }
    }

    private Map<String, News> ask(List<Unread> logs) {
        try {
            Map<String, News> found = news.ask(logs);
            log.news(found.values(), logs.size());
            return found;
        } catch (RuntimeException e) {
            // it saves work only: whatever is wrong, the tables are read without it
            note("the question for new rows failed, so that each log is read: "
                    + Failure.of(e, source::redact).text());
            return Map.of();
        }
    }

    private static Optional<Unread> unread(Export table) {
        try {
            return table.unread();
        } catch (Exception | Error e) {
            // its export fails as well, and says why
            return Optional.empty();
        }
    }

    private TableSummary result(String table, Future<TableSummary> running) {
        try {
            return running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClockSkewException clock) {
                clockWentBack.add(clock);
            }
            Failure failure = Failure.of(e.getCause() == null ? e : e.getCause(), source::redact);
            log.forTable(table).failed(failure);
            return TableSummary.failed(table, failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + table + " was exported", e);
        }
    }
}
