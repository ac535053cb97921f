package io.github.redshiftquerylogs.seal;

import io.github.redshiftquerylogs.count.DayCount;
import io.github.redshiftquerylogs.count.OpenDays;
import io.github.redshiftquerylogs.count.SourceCount;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.transfer.TransferPorts;
import io.github.redshiftquerylogs.watermark.ExportState;
import io.github.redshiftquerylogs.watermark.SealState;
import io.github.redshiftquerylogs.watermark.TablePosition;
import io.github.redshiftquerylogs.window.Retention;
import io.github.redshiftquerylogs.window.UpperBound;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the past days of a cluster, after a run has exported its tables: table by table, the one at which a run has died
 * last. The entries of all tables are written by one commit. Each step may be repeated: it starts from the rows of the lake.
 */
public final class ClusterSealing {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterSealing.class);

    /** As long as a run takes at most; what is not done is tried again after it. */
    private static final Duration CLAIM = Duration.ofMinutes(30);

    /** A day that the source shows less of than the lake is left at this age: the source may trim it soon. */
    private static final int LAST_AGE = 5;

    private final Run run;
    private final Ports ports;
    private final Map<String, List<String>> notes = new HashMap<>();
    private final List<SealedDay> made = new ArrayList<>();

    private boolean done = true;

    /**
     * A run.
     *
     * @param cluster the cluster
     * @param runId Glue's id of the run
     * @param upperBound the run's upper bound, UTC
     * @param deadline no day begins after it
     * @param boundary the day on which the source took the place of another one, UTC; empty if it did not
     */
    public record Run(
            ClusterName cluster,
            String runId,
            LocalDateTime upperBound,
            Instant deadline,
            Optional<LocalDate> boundary) {}

    /**
     * The collaborators of a sealing.
     *
     * @param transfer reads hours of past days; of an export, because some may only read
     * @param lake the lake
     * @param state how far the tables were read
     * @param clock the job's clock
     * @param redact the text of a failure, without secrets
     * @param summaries what follows
     */
    public record Ports(
            Function<ExportDeclaration, TransferPorts> transfer,
            Lake lake,
            ExportState state,
            Clock clock,
            Function<Throwable, String> redact,
            Summaries summaries) {}

    /** A sealing of one run. */
    public ClusterSealing(Run run, Ports ports) {
        this.run = run;
        this.ports = ports;
    }

    /**
     * Seals what is due.
     *
     * @param exports the logs that this run could read
     * @param counted rows of the source by hour that this run has counted already, by table and day
     * @return notes for the user, by table
     */
    public Map<String, List<String>> seal(
            List<ExportDeclaration> exports, Map<String, Map<LocalDate, List<Long>>> counted) {
        LocalDate newest = OpenDays.lastOver(OpenDays.grace(run.cluster()), run.upperBound());
        SealState state = ports.state().seals(run.cluster());
        Optional<LocalDate> before = state.through().filter(day -> !day.isAfter(newest));
        if (exports.isEmpty()
                || before.filter(newest::equals).isPresent()
                || isPastDeadline()
                || !ports.state().claimSealing(run.cluster(), run.runId(), now(), CLAIM)) {
            return notes;
        }
        SealedDays sealed =
                new SealedDays(run.cluster(), ports.lake().openRecords(SealedDays.definition(), run.cluster()));
        List<SealedDays.Entry> chain = sealed.entries();
        Map<String, Map<LocalDate, SealedDay>> entries = SealedDays.latest(chain);
        Map<Table, DueDays> due = new LinkedHashMap<>();
        for (ExportDeclaration export : inOrder(exports, state.attempt())) {
            guarded(export, () -> {
                Table table = new Table(
                        export,
                        entries.getOrDefault(export.name(), Map.of()),
                        counted.getOrDefault(export.name(), Map.of()));
                due.put(table, table.due(newest, before));
            });
        }
        due.forEach((table, days) -> table.complete(days, newest, state.attempt()));
        close(due);
        Chain end = made.isEmpty() ? SealedDays.end(chain) : sealed.append(made, now(), evidence());
        LOG.info(
                "{}: {} days of tables sealed or closed; head {} of {} entries",
                run.cluster(),
                made.size(),
                end.head(),
                end.sequence());
        // a failure leaves the sealing open: the next run comes here again
        done &= ports.summaries().write(sealed.entries(), firstWholeDay());
        if (done) {
            ports.state().closeSealing(run.cluster(), newest, end.head(), now());
        }
        return notes;
    }

    /** The hours of a day that a span has or touches. */
    private static Set<Integer> hours(LocalDate day, LocalDateTime from, LocalDateTime to) {
        Set<Integer> hours = new TreeSet<>();
        for (int hour = 0; hour < DayCount.HOURS; hour++) {
            LocalDateTime begin = day.atTime(hour, 0);
            if (begin.isBefore(to) && begin.plusHours(1).isAfter(from)) {
                hours.add(hour);
            }
        }
        return hours;
    }

    private LocalDate firstWholeDay() {
        return Retention.safeFrom(run.upperBound()).toLocalDate().plusDays(1);
    }

    /**
     * Completes past days because somebody wants it.
     *
     * @param exports the logs that this run could read
     * @param from the begin, inclusive, UTC
     * @param to the end, exclusive, UTC; days that the span only touches are completed within it
     * @param always whether days get an entry in any case, not only if something was added
     * @return notes for the user, by table
     */
    public Map<String, List<String>> complete(
            List<ExportDeclaration> exports, LocalDateTime from, LocalDateTime to, boolean always) {
        SealedDays sealed =
                new SealedDays(run.cluster(), ports.lake().openRecords(SealedDays.definition(), run.cluster()));
        List<SealedDays.Entry> chain = sealed.entries();
        Map<String, Map<LocalDate, SealedDay>> entries = SealedDays.latest(chain);
        for (ExportDeclaration export : inOrder(exports, Optional.empty())) {
            guarded(
                    export,
                    () -> new Table(export, entries.getOrDefault(export.name(), Map.of()), Map.of())
                            .complete(from, to, always));
        }
        Chain end = made.isEmpty() ? SealedDays.end(chain) : sealed.append(made, now(), evidence());
        LOG.info(
                "{}: {} days of tables sealed by hand; head {} of {} entries",
                run.cluster(),
                made.size(),
                end.head(),
                end.sequence());
        ports.summaries().write(sealed.entries(), firstWholeDay());
        return notes;
    }

    /** The days that the source has no longer, or that are of another source, oldest first. */
    private void close(Map<Table, DueDays> due) {
        record Closed(Table table, LocalDate day, SealedDay.State as) {}
        due.entrySet().stream()
                .flatMap(entry -> Stream.concat(
                        entry.getValue().trimmed().stream()
                                .map(day -> new Closed(entry.getKey(), day, SealedDay.State.NEVER_SEALED)),
                        entry.getValue().cut().stream()
                                .map(day -> new Closed(entry.getKey(), day, SealedDay.State.GAP))))
                .sorted(Comparator.comparing(Closed::day))
                .forEach(closed -> {
                    TableSealing sealing = closed.table().sealing;
                    if (isPastDeadline()) {
                        done = false;
                    } else {
                        guarded(closed.table().export, () -> {
                            // rows of the present source may still come
                            if (closed.as() != SealedDay.State.GAP || sealing.isReadPast(closed.day())) {
                                made.add(sealing.close(closed.day(), closed.as()));
                            } else {
                                done = false;
                            }
                        });
                    }
                });
    }

    /** A table in which a run died goes last, so that it blocks no other. */
    private static List<ExportDeclaration> inOrder(
            List<ExportDeclaration> exports, Optional<SealState.Attempt> attempt) {
        Comparator<ExportDeclaration> died = Comparator.comparing(export ->
                attempt.filter(last -> last.table().equals(export.name())).isPresent());
        return exports.stream()
                .sorted(died.thenComparing(ExportDeclaration::name))
                .toList();
    }

    private Map<String, String> evidence() {
        return Map.of("redshift_query_logs.run_id", run.runId());
    }

    private boolean isPastDeadline() {
        return !ports.clock().instant().isBefore(run.deadline());
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(ports.clock().instant(), ZoneOffset.UTC);
    }

    /** A failure of a table is a note, and is tried again. */
    private void guarded(ExportDeclaration export, Runnable work) {
        try {
            work.run();
        } catch (Exception | LinkageError e) {
            done = false;
            note(
                    export,
                    "past days were not sealed, a later run tries again: "
                            + ports.redact().apply(e));
        }
    }

    private void note(ExportDeclaration export, String note) {
        LOG.warn("{} {}: {}", run.cluster(), export.name(), note);
        notes.computeIfAbsent(export.name(), name -> new ArrayList<>()).add(note);
    }

    /** The sealing of one table. */
    private final class Table {

        private final ExportDeclaration export;
        private final Map<LocalDate, SealedDay> entries;
        private final SourceCount sourceCount;
        private final Map<LocalDate, List<Long>> counted;
        private final TableSealing sealing;

        Table(ExportDeclaration export, Map<LocalDate, SealedDay> entries, Map<LocalDate, List<Long>> counted) {
            this.export = export;
            this.entries = entries;
            this.counted = new HashMap<>(counted);
            TransferPorts transfer = ports.transfer().apply(export);
            this.sourceCount = new SourceCount(transfer.source());
            this.sealing = new TableSealing(
                    new TableSealing.Task(run.cluster(), run.runId(), export, run.upperBound(), this::position),
                    transfer,
                    day -> ports.state().beginSealing(run.cluster(), new SealState.Attempt(export.name(), day)));
        }

        private TablePosition position() {
            LakeTable table = ports.lake().open(export, run.cluster());
            return TablePosition.of(
                    table,
                    ports.state()
                            .load(run.cluster(), export.name())
                            .upTo(UpperBound.latestPossible(ports.clock().instant())));
        }

        DueDays due(LocalDate newest, Optional<LocalDate> before) {
            SortedMap<LocalDate, Long> inLake = sealing.daysInLake();
            LocalDate whole = firstWholeDay();
            // a first export reads all that a system table shows; an own one may begin later, and within a day
            LocalDate first = export.own().isEmpty()
                    ? whole
                    : inLake.keySet().stream().findFirst().orElse(newest).plusDays(1);
            return DueDays.of(
                    new DueDays.Span(newest, first.isAfter(whole) ? first : whole, before, run.boundary()),
                    entries,
                    inLake);
        }

        void complete(DueDays due, LocalDate newest, Optional<SealState.Attempt> died) {
            Predicate<LocalDate> isLast = day -> died.filter(new SealState.Attempt(export.name(), day)::equals)
                    .isPresent();
            List<LocalDate> days = Stream.concat(due.open().stream(), due.again().stream())
                    .sorted(Comparator.<LocalDate, Boolean>comparing(isLast::test)
                            .thenComparing(day -> day))
                    .toList();
            if (!isPastDeadline()) {
                guarded(export, () -> count(days));
            }
            for (LocalDate day : days) {
                List<Long> source = counted.get(day);
                if (source == null || isPastDeadline()) {
                    done = false;
                } else {
                    guarded(export, () -> complete(day, source, newest));
                }
            }
        }

        /** Counts the days in the source, neighbours by one statement. */
        private void count(Collection<LocalDate> days) {
            SortedSet<LocalDate> left = new TreeSet<>(days);
            left.removeAll(counted.keySet());
            while (!left.isEmpty()) {
                LocalDate first = left.first();
                LocalDate last = first;
                while (left.contains(last.plusDays(1))) {
                    last = last.plusDays(1);
                }
                counted.putAll(sourceCount.rowsByHour(export, first, last));
                left = left.tailSet(last.plusDays(1));
            }
        }

        /** The days between two times, as far as they are over and the source still has them. */
        void complete(LocalDateTime from, LocalDateTime to, boolean always) {
            LocalDate today = run.upperBound().toLocalDate();
            LocalDate whole = firstWholeDay();
            List<LocalDate> days = new ArrayList<>();
            for (LocalDate day = from.toLocalDate(); day.atStartOfDay().isBefore(to); day = day.plusDays(1)) {
                if (!day.isBefore(today)) {
                    note(export, day + " is left: it is not over, expected a day before " + today);
                } else if (isOfAnotherSource(day)) {
                    note(export, day + " is left: its rows are of another source than the present one");
                } else if (day.isBefore(whole)) {
                    note(export, day + " is left: the source may have trimmed it, expected " + whole + " or later");
                } else {
                    days.add(day);
                }
            }
            count(days);
            for (LocalDate day : days) {
                if (isPastDeadline()) {
                    note(export, day + " is left: the budget of the run is used up, start another one");
                } else {
                    guarded(
                            export,
                            () -> complete(
                                    day,
                                    counted.getOrDefault(day, List.of()),
                                    today.minusDays(1),
                                    new TableSealing.Reread(hours(day, from, to), always)));
                }
            }
        }

        private boolean isOfAnotherSource(LocalDate day) {
            return run.boundary().filter(last -> !day.isAfter(last)).isPresent();
        }

        private void complete(LocalDate day, List<Long> source, LocalDate newest) {
            complete(day, source, newest, TableSealing.Reread.NOTHING);
        }

        private void complete(LocalDate day, List<Long> source, LocalDate newest, TableSealing.Reread reread) {
            TableSealing.Outcome outcome = sealing.complete(
                    day, source, Optional.ofNullable(entries.get(day)), DueDays.age(day, newest) >= LAST_AGE, reread);
            if (outcome instanceof TableSealing.Outcome.Entry entry) {
                made.add(entry.day());
                entry.note().ifPresent(note -> note(export, note));
            } else if (outcome instanceof TableSealing.Outcome.Ahead) {
                done = false;
                if (!reread.hours().isEmpty()) {
                    note(export, day + " is left: it was not exported to its end yet");
                }
            } else if (outcome instanceof TableSealing.Outcome.Open open) {
                done = done && !open.soon();
                note(export, day + " was not sealed: " + open.why());
            }
        }
    }
}
