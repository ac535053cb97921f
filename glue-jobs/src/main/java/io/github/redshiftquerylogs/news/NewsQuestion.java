package io.github.redshiftquerylogs.news;

import io.github.redshiftquerylogs.declaration.FirstRows;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks a cluster which of several logs have new rows, and since when, in one session and, as a rule, one statement.
 *
 * <p>An answer without rows is as little final as any other one: a cluster that is being resumed, or a user that has just lost
 * its access, may show nothing for a moment. It is proven by the newest row that the lake has, if the same statement shows it;
 * or by rows of another log in the same time, if the cluster shows them both times when it is asked twice. Whether its rows
 * appeared or vanished in between, one of the two answers is then right, and it is the same.
 *
 * <p>A question that is not answered is a note and no precondition of progress: the logs are read without it.
 */
public final class NewsQuestion {

    /** The Data API takes 100 KB. https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html */
    private static final int MAX_BYTES = 90_000;

    private final Source source;
    private final Consumer<String> note;
    private int sessions;

    /** @param note takes what a user should know */
    public NewsQuestion(Source source, Consumer<String> note) {
        this.source = source;
        this.note = note;
    }

    /**
     * Asks.
     *
     * @return the news by the name of the log; logs of which nothing is known are missing
     */
    public Map<String, News> ask(List<Unread> logs) {
        List<Unread> asked = logs.stream().filter(Unread::isAsked).toList();
        Map<String, Shown> shown = answers(asked);
        Map<Unread, Unread> witnesses = witnesses(asked, shown);
        Map<String, Shown> again = witnesses.isEmpty() ? Map.of() : answers(bothOf(witnesses));
        Map<String, News> news = new HashMap<>();
        for (Unread log : asked) {
            Shown before = shown.get(log.name());
            if (before != null) {
                Shown now = again.getOrDefault(log.name(), before);
                boolean othersShown = Optional.ofNullable(witnesses.get(log))
                        .filter(witness -> again.containsKey(log.name()))
                        .filter(witness -> isWitness(witness, again, log))
                        .isPresent();
                news.put(log.name(), News.of(log, now, othersShown));
            }
        }
        return news;
    }

    private static List<Unread> bothOf(Map<Unread, Unread> witnesses) {
        Set<Unread> both = new LinkedHashSet<>(witnesses.keySet());
        both.addAll(witnesses.values());
        return List.copyOf(both);
    }

    /** For each log of which the cluster shows nothing another one of which it shows rows in that time, if there is one. */
    private static Map<Unread, Unread> witnesses(List<Unread> logs, Map<String, Shown> shown) {
        Map<Unread, Unread> witnesses = new LinkedHashMap<>();
        for (Unread log : logs) {
            if (shown.containsKey(log.name()) && shown.get(log.name()).nothing()) {
                logs.stream()
                        .filter(other -> isWitness(other, shown, log))
                        .findFirst()
                        .ifPresent(witness -> witnesses.put(log, witness));
            }
        }
        return witnesses;
    }

    /** Logs of users have other readers than those of the system, and children show no row that their parent does not show. */
    private static boolean isWitness(Unread witness, Map<String, Shown> shown, Unread log) {
        return witness.declaration().own().isEmpty()
                && witness.declaration().parent().isEmpty()
                && Optional.ofNullable(shown.get(witness.name()))
                        .flatMap(Shown::first)
                        .filter(log.window()::contains)
                        .isPresent();
    }

    /** What the cluster shows, by log; without those that it does not answer. */
    private Map<String, Shown> answers(List<Unread> logs) {
        Map<String, Shown> shown = new HashMap<>();
        List<Unread> ofUsers = new ArrayList<>(logs);
        ofUsers.removeIf(log -> log.declaration().own().isEmpty());
        List<Unread> ofSystem = new ArrayList<>(logs);
        ofSystem.removeAll(ofUsers);
        if (!ofSystem.isEmpty()) {
            ask(source, statements(ofSystem), shown);
        }
        if (!ofUsers.isEmpty()) {
            // each in a statement of its own: its types and errors are its own too
            ask(source.readOnly(), ofUsers.stream().map(List::of).toList(), shown);
        }
        return shown;
    }

    /** Divides logs into statements that are short enough for each way of access. */
    private static List<List<Unread>> statements(List<Unread> logs) {
        List<List<Unread>> statements = new ArrayList<>();
        List<Unread> last = new ArrayList<>();
        for (Unread log : logs) {
            List<Unread> longer = new ArrayList<>(last);
            longer.add(log);
            if (!last.isEmpty() && bytes(longer) > MAX_BYTES) {
                statements.add(last);
                longer = new ArrayList<>(List.of(log));
            }
            last = longer;
        }
        statements.add(last);
        return statements;
    }

    private static int bytes(List<Unread> logs) {
        return query(logs).sql().getBytes(StandardCharsets.UTF_8).length;
    }

    private static FirstRows query(List<Unread> logs) {
        return new FirstRows(logs.stream().flatMap(log -> log.parts().stream()).toList());
    }

    private void ask(Source at, List<List<Unread>> statements, Map<String, Shown> shown) {
        try (SourceSession session = at.open("news " + ++sessions)) {
            for (List<Unread> logs : statements) {
                ask(session, logs, shown);
            }
        } catch (SourceException e) {
            note.accept("which logs have new rows is unknown, so that each is read: " + e.getMessage());
        }
    }

    /** One that cannot be read must not hide what the cluster shows of the others: then each is asked alone. */
    private void ask(SourceSession session, List<Unread> logs, Map<String, Shown> shown) {
        List<Optional<LocalDateTime>> times;
        try {
            times = session.firstRows(query(logs));
        } catch (SourceException e) {
            if (!e.isOfStatement()) {
                throw e;
            }
            if (logs.size() > 1) {
                note.accept("which logs have new rows is asked for each one alone: " + e.getMessage());
                logs.forEach(log -> ask(session, List.of(log), shown));
            }
            // the export of a single one says why it cannot be read
            return;
        }
        int part = 0;
        for (Unread log : logs) {
            int parts = log.parts().size();
            Shown.of(log, times.subList(part, part + parts)).ifPresent(found -> shown.put(log.name(), found));
            part += parts;
        }
    }
}
