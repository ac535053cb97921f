package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.declaration.OwnExport;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.selection.DefaultExports;
import io.github.redshiftquerylogs.selection.ExportSelection;
import io.github.redshiftquerylogs.selection.SourceKind;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import io.github.redshiftquerylogs.watermark.ClusterExports;
import io.github.redshiftquerylogs.watermark.TableState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The exports that a run reads: those that are selected, without those that the source is known not to have. What is
 * selected and what cannot be read is stored for the next run and for the orchestrator.
 */
final class ExportChoice {

    private final ClusterName cluster;
    private final ExportSelection selection;
    private final RunPorts ports;
    private final Instant now;
    private final List<String> notes;
    private final ClusterExports before;
    private final ExportSelection.Selected selected;
    private final ClusterExports stored;

    /**
     * Chooses, and stores what is selected if that has changed.
     *
     * @param session asks the source for its kind, if that matters
     * @throws io.github.redshiftquerylogs.settings.InvalidSettingsException if nothing is selected
     */
    ExportChoice(ClusterName cluster, ExportSelection selection, RunPorts ports, SourceSession session) {
        this.cluster = cluster;
        this.selection = selection;
        this.ports = ports;
        this.now = ports.clock().instant();
        this.before = ports.state().exports(cluster);
        this.notes = new ArrayList<>(before.lost());
        selection.known().note().ifPresent(notes::add);
        DefaultExports decision = before.byDefault().orElseGet(this::decide);
        this.selected = selection.select(selection.needsDefault() ? sets(decision, session) : Set.of());
        Set<String> logs = names(ExportDeclaration::isLog, before.selected().keySet());
        logs.addAll(selected.broken().keySet());
        this.stored = before.select(
                List.copyOf(logs),
                List.copyOf(names(export -> !export.isLog(), before.snapshots().keySet())),
                now);
        if (!stored.equals(before)) {
            ports.state().record(cluster, stored);
        }
    }

    /**
     * The names of the selected exports of a kind. Own exports that are not known now stay selected, so that their lag grows
     * until their folder is read again.
     *
     * @param earlier those of the kind that were selected before
     */
    private Set<String> names(Predicate<ExportDeclaration> which, Collection<String> earlier) {
        Set<String> names = new TreeSet<>();
        selected.exports().stream().filter(which).forEach(export -> names.add(export.name()));
        if (!selection.known().complete()) {
            earlier.stream().filter(OwnExport::isName).forEach(names::add);
        }
        return names;
    }

    /** The first run that knows sets decides; the decision is kept also where a list of a parameter hides it. */
    private DefaultExports decide() {
        boolean known = exportsOf(true)
                .anyMatch(export -> !ports.state().load(cluster, export.name()).equals(TableState.NOTHING)
                        || ports.lake().hasRows(export, cluster));
        boolean others =
                known && exportsOf(false).anyMatch(export -> ports.lake().hasRows(export, cluster));
        DefaultExports decision = ports.state().decide(cluster, DefaultExports.of(known, others));
        if (decision == DefaultExports.CORE && selection.needsDefault()) {
            notes.add("the cluster was exported before there were sets of exports, so it keeps exporting the set core:"
                    + " for more, set " + ParameterNames.exports(cluster) + ", for example to stl,names,states");
        }
        return decision;
    }

    /** The exports of this project: whether somebody has own ones says nothing about its release. */
    private Stream<ExportDeclaration> exportsOf(boolean core) {
        return selection.known().declarations().stream()
                .filter(export -> export.own().isEmpty() && (export.set() == ExportSet.CORE) == core);
    }

    private static Set<ExportSet> sets(DefaultExports decision, SourceSession session) {
        return switch (decision) {
            case CORE -> Set.of(ExportSet.CORE);
            case SUITABLE -> (session.showsStl() ? SourceKind.STL : SourceKind.SYS).suitable();
        };
    }

    /** Findings that a user should know. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** The exports to read. */
    List<ExportDeclaration> exports() {
        return selected.exports().stream()
                .filter(export -> absentToday(export.name()).isEmpty())
                .toList();
    }

    /** The selected exports that are not read: broken own ones, and those that the source is known not to have. */
    List<TableSummary> notRead() {
        List<TableSummary> summaries = new ArrayList<>();
        selected.broken()
                .forEach((name, problems) -> summaries.add(TableSummary.unavailable(
                        name, new Unavailable(Unavailable.State.BROKEN, "its declaration is wrong: " + problems))));
        // asked again by the first run of a day
        selected.exports()
                .forEach(export -> absentToday(export.name())
                        .ifPresent(asked -> summaries.add(TableSummary.unavailable(
                                export.name(),
                                new Unavailable(
                                        Unavailable.State.ABSENT,
                                        "the source does not have it, as it answered at " + asked)))));
        return summaries;
    }

    private Optional<Instant> absentToday(String export) {
        return Optional.ofNullable(stored.absent().get(export))
                .filter(asked -> asked.atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .equals(now.atZone(ZoneOffset.UTC).toLocalDate()));
    }

    /** Whether an export is newly found to be unavailable: then it is said. */
    boolean isNew(TableSummary table) {
        return table.unavailable()
                .filter(why -> why.state() != Unavailable.State.ABSENT
                        || !before.absent().containsKey(table.table()))
                .isPresent();
    }

    /** Stores which exports cannot be read, if that has changed. */
    void finish(List<TableSummary> tables) {
        Map<String, String> refused = new HashMap<>();
        Map<String, Instant> absent = new HashMap<>();
        for (TableSummary table : tables) {
            table.unavailable().ifPresent(why -> {
                switch (why.state()) {
                    case REFUSED, BROKEN -> refused.put(table.table(), why.reason());
                    case ABSENT ->
                        absent.put(table.table(), absentToday(table.table()).orElse(now));
                }
            });
        }
        ClusterExports after = stored.unavailable(refused, absent);
        if (!after.equals(stored)) {
            ports.state().record(cluster, after);
        }
    }
}
