package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.news.News;
import io.github.redshiftquerylogs.news.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The news of the tables that a run exports side by side: the last of them to say what it has not read asks for all. */
final class SharedNews {

    private final Function<List<Unread>, Map<String, News>> question;
    private final List<Unread> unread = new ArrayList<>();
    private final CompletableFuture<Map<String, News>> answer = new CompletableFuture<>();
    private int missing;

    /** @param tables how many tables there are; each must call {@link #of} once */
    SharedNews(int tables, Function<List<Unread>, Map<String, News>> question) {
        this.missing = tables;
        this.question = question;
    }

    /**
     * The news of a table. Waits for the other tables, unless this one does not ask.
     *
     * @param table what it has not read; empty if it does not ask
     */
    Optional<News> of(Optional<Unread> table) {
        if (isLast(table)) {
            ask();
        }
        return table.flatMap(asked ->
                Optional.ofNullable(answer.join().get(asked.declaration().name())));
    }

    private synchronized boolean isLast(Optional<Unread> table) {
        table.ifPresent(unread::add);
        missing--;
        return missing == 0;
    }

    private void ask() {
        Map<String, News> news = Map.of();
        try {
            news = unread.isEmpty() ? Map.of() : question.apply(unread);
        } finally {
            // whatever happened, nobody waits for ever
            answer.complete(news);
        }
    }
}
