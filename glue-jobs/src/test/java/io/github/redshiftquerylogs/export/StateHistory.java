package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A history of a view whose rows change: queries run with an end that is not theirs, become final within the settle time,
 * long after it, or never; rows change after they were final.
 */
final class StateHistory extends ModelHistory {

    private static final Duration SETTLE = Duration.ofMinutes(15);

    private final List<Integer> running = new ArrayList<>();
    /** Rows that must be in the lake, and rows that may be. */
    private final Set<Integer> onTime = new HashSet<>();

    private final Set<Integer> optional = new HashSet<>();

    /** @param sql the query of the export */
    StateHistory(long seed, String sql) {
        super(seed, export(sql));
    }

    static ExportDeclaration export(String sql) {
        return Declarations.parse("""
                name: log
                set: core
                log_time_rule: final_end
                settle: 15 minutes
                held_back: %s
                key: [id]
                reread: true
                sql: %s
                columns: [{name: id, type: integer}]
                """.formatted(FakeCluster.HELD_BACK, sql), "model");
    }

    @Override
    Duration settle() {
        return SETTLE.plusMinutes(1);
    }

    @Override
    void changeSource() {
        LocalDateTime now = cluster().clock();
        int begun = nextRow();
        cluster().run(begun, now.minusSeconds(random().nextInt(60)));
        running.add(begun);
        List<Integer> ended = running.stream()
                .filter(id -> random().nextInt(3) > 0 && id % 7 != 0)
                .toList();
        for (int id : ended) {
            boolean late = random().nextInt(5) == 0;
            LocalDateTime end =
                    late ? now.minusHours(1 + random().nextInt(30)) : now.minusSeconds(random().nextInt(800));
            cluster().change(id, end);
            (late ? optional : onTime).add(id);
            running.remove(Integer.valueOf(id));
        }
        if (!onTime.isEmpty() && random().nextInt(3) == 0) {
            // the end of a final row changes, or the status of a row that was exported with an unknown one
            cluster().change(onTime.iterator().next(), now.minusSeconds(random().nextInt(800)));
        }
        tell("ended " + ended);
    }

    @Override
    void requireEveryRowOnce() {
        List<Integer> ids = exported().stream().map(FakeCluster.Row::id).toList();
        assertThat(ids).as(toString()).doesNotHaveDuplicates().containsAll(onTime);
        assertThat(ids)
                .as(toString())
                .doesNotContainAnyElementsOf(running)
                .allMatch(id -> onTime.contains(id) || optional.contains(id));
    }

    /** Rows whose state becomes final late are in the source only, and ends that change are counted on another day. */
    @Override
    void requireCounts() {
        requireCountedOnce();
    }
}
