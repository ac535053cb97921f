package io.github.redshiftquerylogs.news;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What a cluster shows of a log, in one statement.
 *
 * @param first the first row that is not read; empty if it shows none
 * @param newest whether it shows the newest row that the lake has
 */
record Shown(Optional<LocalDateTime> first, boolean newest) {

    /**
     * Reads an answer.
     *
     * @param times the first rows of {@link Unread#parts}
     * @return empty if a row is outside of the window that was asked for: then the declaration is wrong, and its own export
     *     says why
     */
    static Optional<Shown> of(Unread log, List<Optional<LocalDateTime>> times) {
        for (int part = 0; part < times.size(); part++) {
            if (times.get(part).filter(log.parts().get(part).window()::contains).isEmpty()
                    && times.get(part).isPresent()) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new Shown(times.get(0), times.size() > 1 && times.get(1).isPresent()));
    }

    /** Whether it shows neither a new row nor the newest one: then it may not show its rows at all. */
    boolean nothing() {
        return first.isEmpty() && !newest;
    }
}
