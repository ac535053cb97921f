package io.github.redshiftquerylogs.orchestrator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Notes about a cluster that ticks leave for monitoring; starts do not depend on them. Entry {@code seen} of the state
 * table.
 *
 * @param firstTick the first tick with the cluster in the list and with its credentials; null if what is stored is not usable
 * @param lastInventory the last tick that looked it up for the inventory, found or not
 * @param countedRun the run whose rows were published last
 */
public record TickNotes(
        @Nullable Instant firstTick,
        @Nullable Instant lastInventory,
        @Nullable String countedRun) {}
