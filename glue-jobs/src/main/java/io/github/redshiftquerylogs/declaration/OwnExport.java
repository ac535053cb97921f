package io.github.redshiftquerylogs.declaration;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What only an export has that users declare.
 *
 * @param since the first day of a first export, UTC; empty for the seven days before it
 * @param clusters the clusters that may have it; empty for all
 */
public record OwnExport(Optional<LocalDate> since, List<String> clusters) {

    /** A prefix of all names, so that none is that of a table or a view of this project, in no release. */
    static final String PREFIX = "own_";

    private static final int DAYS = 7;

    public OwnExport {
        clusters = List.copyOf(clusters);
    }

    /** Whether a name is one that only own exports have. */
    public static boolean isName(String name) {
        return name.startsWith(PREFIX);
    }

    /** The time at which a first export begins, inclusive; UTC. */
    public LocalDateTime beginning(LocalDateTime runUpperBound) {
        return since.map(LocalDate::atStartOfDay).orElseGet(() -> runUpperBound.minusDays(DAYS));
    }
}
