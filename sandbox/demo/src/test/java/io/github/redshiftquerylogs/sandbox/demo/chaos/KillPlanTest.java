package io.github.redshiftquerylogs.sandbox.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KillPlanTest {

    private static List<Optional<Kill>> runs(KillPlan plan, int runs) {
        List<Optional<Kill>> decisions = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            decisions.add(plan.next());
        }
        return decisions;
    }

    @Test
    void sameSeedKillsTheSameRunsAtTheSameMoments() {
        List<Optional<Kill>> decisions = runs(new KillPlan(5, 20), 200);

        assertThat(runs(new KillPlan(5, 20), 200)).isEqualTo(decisions);
        assertThat(runs(new KillPlan(6, 20), 200)).isNotEqualTo(decisions);
    }

    @Test
    void asManyRunsAreKilledAsPlannedInEachStageAndSomeAreSpared() {
        List<Optional<Kill>> decisions = runs(new KillPlan(5, 100), 400);

        assertThat(decisions.stream().flatMap(Optional::stream))
                .hasSize(100)
                .extracting(Kill::stage)
                .startsWith(Stage.EXPORT, Stage.SEALING, Stage.EXPORT, Stage.SEALING);
        assertThat(decisions.subList(0, 50)).as("spared between the kills").contains(Optional.empty());
    }

    @Test
    void runThatEndedFirstIsReplacedByAnEarlierKillOfALaterRun() {
        KillPlan plan = new KillPlan(5, 1);

        plan.missed(new Kill(Stage.SEALING, Duration.ofSeconds(4)));

        assertThat(runs(plan, 20).stream().flatMap(Optional::stream))
                .hasSize(2)
                .first()
                .isEqualTo(new Kill(Stage.EXPORT, Duration.ofSeconds(2)));
    }
}
