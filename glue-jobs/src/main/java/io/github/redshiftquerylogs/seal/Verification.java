package io.github.redshiftquerylogs.seal;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.DayRows;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says whether the history of a cluster is complete and unaltered: compares the rows of each day in the lake with the last
 * entry of {@code sealed_days}, and the entries with their chain. Only the lake is read, so the cluster need not exist.
 */
public final class Verification {

    private final Lake lake;
    private final ClusterName cluster;
    private final List<ExportDeclaration> exports;
    private final List<String> problems = new ArrayList<>();

    /** @param exports all exports that there are; entries of other tables cannot be verified, which is a problem */
    public Verification(Lake lake, ClusterName cluster, List<ExportDeclaration> exports) {
        this.lake = lake;
        this.cluster = cluster;
        this.exports = exports;
    }

    /**
     * What was found.
     *
     * @param entries the number of entries
     * @param head the head of the chain
     * @param days the number of days of tables by the state of their last entry
     * @param open days with rows in the lake that have no entry yet
     * @param problems what is not as it was; empty if history is unaltered
     */
    public record Report(long entries, String head, Map<SealedDay.State, Long> days, long open, List<String> problems) {

        public Report {
            days = Map.copyOf(days);
            problems = List.copyOf(problems);
        }

        /** One line for people: what is complete, and the first problem. */
        public String toText() {
            StringBuilder text = new StringBuilder(isUnaltered() ? "unaltered" : "ALTERED");
            text.append(": ")
                    .append(entries)
                    .append(" entries, head ")
                    .append(head)
                    .append("; days of tables:");
            for (SealedDay.State state : SealedDay.State.values()) {
                text.append(' ')
                        .append(days.getOrDefault(state, 0L))
                        .append(' ')
                        .append(state)
                        .append(',');
            }
            text.append(' ').append(open).append(" open");
            if (!isUnaltered()) {
                text.append("; ")
                        .append(problems.size())
                        .append(" problems, the first one: ")
                        .append(problems.get(0));
            }
            return text.toString();
        }

        /** Whether nothing was altered. */
        public boolean isUnaltered() {
            return problems.isEmpty();
        }
    }

    /**
     * Verifies.
     *
     * @param kept a head that was copied before, from a log or the state table, and that the chain must contain
     */
    public Report run(Optional<String> kept) {
        SealedDays sealed = new SealedDays(cluster, lake.openRecords(SealedDays.definition(), cluster));
        List<SealedDays.Entry> entries = sealed.entries();
        Chain end = chain(entries);
        kept.filter(head -> !head.equals(Chain.EMPTY.head())
                        && entries.stream().noneMatch(entry -> entry.head().equals(head)))
                .ifPresent(head -> problems.add("no entry has the head " + head
                        + ": expected it in the chain, so entries were removed or replaced since it was copied"));
        Map<SealedDay.State, Long> days = new EnumMap<>(SealedDay.State.class);
        long open = 0;
        Map<String, Map<LocalDate, SealedDay>> latest = new TreeMap<>(SealedDays.latest(entries));
        for (ExportDeclaration export : exports) {
            Map<LocalDate, SealedDay> known =
                    Optional.ofNullable(latest.remove(export.name())).orElse(Map.of());
            if (export.isLog() && (!known.isEmpty() || lake.hasRows(export, cluster))) {
                open += verify(export, new TreeMap<>(known), days);
            }
        }
        latest.forEach((table, known) -> problems.add(
                table + ": " + known.size() + " days cannot be verified: expected a declaration of this table"));
        return new Report(entries.size(), end.head(), days, open, problems);
    }

    private Chain chain(List<SealedDays.Entry> entries) {
        Chain chain = Chain.EMPTY;
        for (SealedDays.Entry entry : entries) {
            Chain next = chain.plus(cluster.value(), entry.day());
            if (entry.sequence() != next.sequence()
                    || !entry.previousHead().equals(chain.head())
                    || !entry.head().equals(next.head())) {
                problems.add("entry " + entry.sequence() + " of sealed_days, of "
                        + entry.day().table() + " and "
                        + entry.day().day() + ", is not what the chain says: expected entry " + next.sequence()
                        + " behind the head " + chain.head());
            }
            // so that one altered entry is one problem
            chain = new Chain(entry.sequence(), entry.head());
        }
        return chain;
    }

    /** Compares the days of a table; returns the number of those without an entry. */
    private long verify(ExportDeclaration export, Map<LocalDate, SealedDay> known, Map<SealedDay.State, Long> days) {
        LakeTable table = lake.open(export, cluster);
        LakePosition base = table.position(Optional.empty());
        known.forEach((day, entry) -> {
            days.merge(entry.state(), 1L, Long::sum);
            DayRows now = table.day(base, day);
            if (now.rows() != entry.lake().rows()) {
                problems.add(export.name() + " " + day + ": the lake has " + now.rows() + " rows: expected "
                        + entry.lake().rows() + ", as sealed");
            } else if (!now.checksum().equals(entry.lake().checksum())) {
                problems.add(export.name() + " " + day + ": rows were altered: their checksum is " + now.checksum()
                        + ": expected " + entry.lake().checksum() + ", as sealed");
            }
        });
        return table.rowsByDay(LocalDate.EPOCH).keySet().stream()
                .filter(day -> !known.containsKey(day))
                .count();
    }
}
