package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.FirstRows;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.lake.ClusterTable;
import io.github.redshiftquerylogs.lake.SourceIdentity;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import io.github.redshiftquerylogs.window.Retention;
import io.github.redshiftquerylogs.window.Window;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the source is the cluster that was exported before. If not, a run reads nothing until somebody accepts it. The lake
 * remembers the cluster (table {@code clusters}), so a lost state table changes nothing; the watermarks do where it does not.
 *
 * <p>A namespace proves it. Without one, the source has to show the newest row that the lake has of one of its tables; a
 * source that shows no rows at all, like one that is being resumed, proves nothing, and is not refused.
 */
final class SourceCheck {

    private final ClusterName cluster;
    private final Optional<String> accepted;
    private final RunPorts ports;

    /** @param accepted the identity of another source that the user accepts */
    SourceCheck(ClusterName cluster, Optional<String> accepted, RunPorts ports) {
        this.cluster = cluster;
        this.accepted = accepted;
        this.ports = ports;
    }

    /**
     * What came of it.
     *
     * @param identity of the source
     * @param replaced the source before it, if it was accepted just now
     */
    record Checked(SourceIdentity identity, Optional<SourceIdentity> replaced) {}

    /**
     * Checks.
     *
     * @param remembered the sources that the lake has rows of
     * @throws SourceException if it is another source than before, and is not accepted
     */
    Checked check(
            SourceInfo source,
            ClusterTable.Sources remembered,
            Map<ExportDeclaration, TableState> stored,
            SourceSession session) {
        SourceIdentity seen = new SourceIdentity(source.identity());
        Optional<SourceIdentity> known = remembered.last().or(() -> ofWatermarks(stored));
        if (known.isEmpty()) {
            return new Checked(seen, Optional.empty());
        }
        SourceIdentity before = known.get();
        SourceIdentity now = seen.keepingSinceOf(before);
        if (!now.isSame(before)) {
            return accept(before, now, "");
        }
        if (now.isAddress()) {
            Optional<SourceIdentity> other = firstOfOthers(source.runUpperBound(), stored, session)
                    .map(first -> now.since(first.toLocalDate()))
                    .filter(since -> !since.isSame(before));
            if (other.isPresent()) {
                return accept(before, other.get(), ", which does not show the newest rows that were read before");
            }
        }
        return new Checked(now, Optional.empty());
    }

    private Checked accept(SourceIdentity before, SourceIdentity now, String why) {
        if (accepted.map(SourceIdentity::new).filter(now::isSame).isEmpty()) {
            throw SourceException.of(
                    FailureCategory.SOURCE,
                    cluster + ": the source is " + now.text() + why + ": expected " + before.text()
                            + ", of which the lake has rows; nothing was read. If the cluster was replaced, set the parameter "
                            + ParameterNames.acceptSource(cluster) + " to " + now.text()
                            + "; if not, correct the address of its connection"
                            + accepted.map(other -> " (it accepts " + other + ")")
                                    .orElse(""));
        }
        return new Checked(now, Optional.of(before));
    }

    private static Optional<SourceIdentity> ofWatermarks(Map<ExportDeclaration, TableState> stored) {
        return stored.values().stream()
                .flatMap(table -> table.watermark().stream())
                .filter(mark -> !mark.sourceIdentity().isEmpty())
                .max(Comparator.comparing(Watermark::readUpTo))
                .map(mark -> new SourceIdentity(mark.sourceIdentity()));
    }

    /** The first row that the source shows, if it shows none of the newest rows of the lake that it should still have. */
    private Optional<LocalDateTime> firstOfOthers(
            LocalDateTime upperBound, Map<ExportDeclaration, TableState> stored, SourceSession session) {
        List<LocalDateTime> shown = new ArrayList<>();
        for (Newest newest : newest(upperBound, stored)) {
            Window row = new Window(WindowPlan.justBefore(newest.row()), newest.row());
            Window retained = new Window(Retention.edge(upperBound), upperBound);
            try {
                // in one statement: a cluster that is being resumed in between would show the other rows only
                List<Optional<LocalDateTime>> first =
                        session.firstRows(FirstRows.of(newest.export().sql(), List.of(row, retained)));
                if (first.get(0).filter(row::contains).isPresent()) {
                    return Optional.empty();
                }
                first.get(1).filter(retained::contains).ifPresent(shown::add);
            } catch (SourceException e) {
                if (!e.isOfStatement()) {
                    throw e;
                }
                // the table's own export says why
            }
        }
        return shown.stream().min(LocalDateTime::compareTo);
    }

    /** The newest row of a table in the lake. */
    private record Newest(ExportDeclaration export, LocalDateTime row) {}

    /** Newest first, because one that is shown is enough. Tables of users have other retentions. */
    private List<Newest> newest(LocalDateTime upperBound, Map<ExportDeclaration, TableState> stored) {
        boolean lost =
                stored.values().stream().allMatch(table -> table.watermark().isEmpty());
        List<Newest> newest = new ArrayList<>();
        stored.forEach((export, table) -> {
            Optional<LocalDateTime> row = lost
                    ? ports.lake().newestRow(export, cluster)
                    : table.watermark().flatMap(Watermark::maxLogTime);
            row.filter(time -> export.own().isEmpty()
                            && time.isAfter(Retention.safeFrom(upperBound))
                            && !time.isAfter(upperBound))
                    .ifPresent(time -> newest.add(new Newest(export, time)));
        });
        newest.sort(Comparator.comparing(Newest::row).reversed());
        return newest;
    }
}
