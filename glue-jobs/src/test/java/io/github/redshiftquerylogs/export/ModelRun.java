package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.lake.ClusterMetadata;
import io.github.redshiftquerylogs.selection.DefaultExports;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.watermark.Backfill;
import io.github.redshiftquerylogs.watermark.ClosedDay;
import io.github.redshiftquerylogs.watermark.ClusterExports;
import io.github.redshiftquerylogs.watermark.CompactionState;
import io.github.redshiftquerylogs.watermark.ExportState;
import io.github.redshiftquerylogs.watermark.Gap;
import io.github.redshiftquerylogs.watermark.SealState;
import io.github.redshiftquerylogs.watermark.SnapshotState;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;

/** One run of a {@link ModelHistory}: counts its effects, and has one fault at one of them. */
final class ModelRun implements ExportState {

    enum Fault {
        NONE,
        DIES_BEFORE,
        DIES_AFTER,
        ANOTHER_RUN,
        /** From the effect on. */
        HIDDEN_ROWS,
        /** Up to the effect. */
        ROWS_THAT_APPEAR,
        STATEMENT_FAILS,
        COMMIT_FAILS_ONCE,
        COMMIT_REFUSED,
        COMMIT_UNKNOWN_AND_DONE,
        COMMIT_UNKNOWN_AND_NOT_DONE,
        COMMIT_REPLY_LOST
    }

    /** The process is gone. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1;

        Died(String last) {
            super(last);
        }
    }

    private final ModelHistory history;
    private final Fault fault;
    private int left;
    private boolean dead;

    /** @param at the effect at which the fault happens; commit faults happen at the first commit from there */
    ModelRun(ModelHistory history, Fault fault, int at) {
        this.history = history;
        this.fault = fault;
        this.left = at;
    }

    /** Runs; empty if the process died. */
    Optional<RunSummary> run() {
        history.cluster().shows(fault != Fault.ROWS_THAT_APPEAR);
        try {
            return Optional.of(history.export(this, this::statement, this::commit));
        } catch (Died e) {
            return Optional.empty();
        } finally {
            history.cluster().shows(true);
            history.cluster().interfere(sql -> {});
            history.disturb(Runnable::run);
        }
    }

    /** Counts an effect; true at the one with the fault. */
    private boolean isDue() {
        if (dead) {
            throw new Died("already");
        }
        return --left == 0;
    }

    private <T> T effect(Supplier<T> action) {
        if (!isDue()) {
            return action.get();
        }
        switch (fault) {
            case DIES_BEFORE -> {
                dead = true;
                throw new Died("nothing was done");
            }
            case DIES_AFTER -> {
                T result = action.get();
                dead = true;
                throw new Died(String.valueOf(result));
            }
            case ANOTHER_RUN -> {
                history.run();
                history.cluster().interfere(this::statement);
                history.disturb(this::commit);
            }
            case HIDDEN_ROWS -> history.cluster().shows(false);
            case ROWS_THAT_APPEAR -> history.cluster().shows(true);
            default -> {}
        }
        return action.get();
    }

    private void statement(String sql) {
        boolean fails = left == 1 && fault == Fault.STATEMENT_FAILS;
        effect(() -> true);
        if (fails) {
            throw SourceException.ofReply(
                    FailureCategory.SOURCE, "canceling statement due to timeout", "57014", false, "timeout");
        }
    }

    private void commit(Runnable commit) {
        if (!fault.name().startsWith("COMMIT") || left > 1 || left < -1_000) {
            effect(() -> {
                commit.run();
                return true;
            });
            return;
        }
        left = -1_001;
        switch (fault) {
            case COMMIT_FAILS_ONCE -> throw new CommitFailedException("another commit was first");
            case COMMIT_REFUSED -> throw new ValidationException("found conflicting files");
            case COMMIT_UNKNOWN_AND_DONE -> {
                commit.run();
                throw new CommitStateUnknownException(new IllegalStateException("no reply"));
            }
            case COMMIT_UNKNOWN_AND_NOT_DONE ->
                throw new CommitStateUnknownException(new IllegalStateException("no reply"));
            default -> {
                commit.run();
                throw new CommitFailedException("a conflict, as it seems");
            }
        }
    }

    @Override
    public TableState load(ClusterName cluster, String table) {
        return history.state().load(cluster, table);
    }

    @Override
    public Optional<ClusterMetadata> description(ClusterName cluster) {
        return history.state().description(cluster);
    }

    @Override
    public ClusterExports exports(ClusterName cluster) {
        return history.state().exports(cluster);
    }

    @Override
    public DefaultExports decide(ClusterName cluster, DefaultExports decision) {
        return effect(() -> history.state().decide(cluster, decision));
    }

    @Override
    public void record(ClusterName cluster, ClusterExports exports) {
        effect(() -> {
            history.state().record(cluster, exports);
            return true;
        });
    }

    @Override
    public void begin(ClusterName cluster, String table, TableState.Attempt attempt) {
        effect(() -> {
            history.state().begin(cluster, table, attempt);
            return true;
        });
    }

    @Override
    public boolean advance(
            ClusterName cluster, String table, TableState before, Watermark next, Duration windowLength) {
        return effect(() -> history.state().advance(cluster, table, before, next, windowLength));
    }

    @Override
    public boolean await(ClusterName cluster, String table, TableState before, TableState.EmptyAnswer answer) {
        return effect(() -> history.state().await(cluster, table, before, answer));
    }

    @Override
    public void recordBackfill(ClusterName cluster, String table, Optional<Backfill> backfill) {
        effect(() -> {
            history.state().recordBackfill(cluster, table, backfill);
            return true;
        });
    }

    @Override
    public void recordSnapshot(ClusterName cluster, String table, SnapshotState snapshot) {
        effect(() -> {
            history.state().recordSnapshot(cluster, table, snapshot);
            return true;
        });
    }

    @Override
    public void recordGap(ClusterName cluster, String table, String runId, Gap gap) {
        effect(() -> {
            history.state().recordGap(cluster, table, runId, gap);
            return true;
        });
    }

    @Override
    public Optional<LocalDate> closedDay(ClusterName cluster, String table) {
        return history.state().closedDay(cluster, table);
    }

    @Override
    public boolean claimCount(ClusterName cluster, String table, String runId, LocalDateTime now, Duration length) {
        return effect(() -> history.state().claimCount(cluster, table, runId, now, length));
    }

    @Override
    public SealState seals(ClusterName cluster) {
        return history.state().seals(cluster);
    }

    @Override
    public boolean claimSealing(ClusterName cluster, String runId, LocalDateTime now, Duration length) {
        return effect(() -> history.state().claimSealing(cluster, runId, now, length));
    }

    @Override
    public void beginSealing(ClusterName cluster, SealState.Attempt attempt) {
        effect(() -> {
            history.state().beginSealing(cluster, attempt);
            return true;
        });
    }

    @Override
    public void closeSealing(ClusterName cluster, LocalDate through, String head, LocalDateTime now) {
        effect(() -> {
            history.state().closeSealing(cluster, through, head, now);
            return true;
        });
    }

    @Override
    public CompactionState compaction(ClusterName cluster) {
        return history.state().compaction(cluster);
    }

    @Override
    public void beginCompaction(ClusterName cluster, SealState.Attempt attempt) {
        effect(() -> {
            history.state().beginCompaction(cluster, attempt);
            return true;
        });
    }

    @Override
    public void closeCompaction(ClusterName cluster, LocalDate through, LocalDateTime now) {
        effect(() -> {
            history.state().closeCompaction(cluster, through, now);
            return true;
        });
    }

    @Override
    public boolean claimExpiry(String table, String runId, LocalDate day) {
        return history.state().claimExpiry(table, runId, day);
    }

    @Override
    public void closeDay(ClusterName cluster, String table, ClosedDay closed, LocalDateTime now) {
        effect(() -> {
            history.state().closeDay(cluster, table, closed, now);
            return true;
        });
    }
}
