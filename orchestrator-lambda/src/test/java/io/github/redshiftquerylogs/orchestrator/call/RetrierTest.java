package io.github.redshiftquerylogs.orchestrator.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrierTest {

    private static final Instant TIME = Instant.parse("2026-11-19T10:05:00Z");
    private static final Tick PLENTY = new Tick(TIME, () -> Duration.ofMinutes(2));
    private static final CallFailure THROTTLED =
            CallFailure.answered(Operation.START, 400, "ThrottlingException", "Rate exceeded", true);

    private final List<Duration> pauses = new ArrayList<>();
    private final Retrier retrier = new Retrier(pauses::add);
    private int calls;

    /** A call that succeeds after being throttled a number of times. */
    private String throttled(int times) throws CallFailedException {
        calls++;
        if (calls <= times) {
            throw new CallFailedException(THROTTLED);
        }
        return "done";
    }

    /** Pauses before an attempt, of many calls. */
    private List<Duration> pausesBefore(int attempt) throws InterruptedException {
        pauses.clear();
        for (int call = 0; call < 500; call++) {
            Retrier.Attempts attempts = retrier.attempts(Deadline.NONE);
            for (int failed = 1; failed < attempt; failed++) {
                assertThat(attempts.pauseAfterFailure()).isTrue();
            }
        }
        return IntStream.range(0, pauses.size())
                .filter(index -> index % (attempt - 1) == attempt - 2)
                .mapToObj(pauses::get)
                .toList();
    }

    @Test
    void theLongestPauseDoublesUpToTheLimit() throws InterruptedException {
        List<Duration> ceilings =
                List.of(Retrier.FIRST_PAUSE, Duration.ofSeconds(1), Duration.ofSeconds(2), Retrier.LONGEST_PAUSE);
        for (int attempt = 2; attempt <= Retrier.ATTEMPTS; attempt++) {
            Duration ceiling = ceilings.get(attempt - 2);
            assertThat(pausesBefore(attempt))
                    .hasSize(500)
                    .allMatch(pause -> pause.compareTo(ceiling) < 0)
                    .anyMatch(pause -> pause.compareTo(ceiling.multipliedBy(3).dividedBy(4)) > 0);
        }
    }

    @Test
    void anyPauseFromNoneToTheLongestIsPossible() throws InterruptedException {
        assertThat(pausesBefore(3)).anyMatch(pause -> pause.toMillis() < 100).anyMatch(pause -> pause.toMillis() > 900);
    }

    @Test
    void aThrottledCallIsRepeated() throws CallFailedException, InterruptedException {
        assertThat(retrier.<String>call(() -> throttled(4), PLENTY)).isEqualTo("done");
        assertThat(calls).isEqualTo(Retrier.ATTEMPTS);
        assertThat(pauses).hasSize(4);
    }

    @Test
    void attemptsAreLimited() {
        assertThat(failure(() -> throttled(5), PLENTY)).isEqualTo(THROTTLED);
        assertThat(calls).isEqualTo(Retrier.ATTEMPTS);
        assertThat(pauses).hasSize(4);
    }

    @Test
    void anyOtherFailureIsNotRepeated() {
        CallFailure lost = CallFailure.lost(Operation.START, "Read timed out");
        Retrier.Call<String> call = () -> {
            calls++;
            throw new CallFailedException(lost);
        };
        assertThat(failure(call, PLENTY)).isEqualTo(lost);
        assertThat(calls).isEqualTo(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void withoutTimeNoCallIsMade() {
        assertThat(failure(() -> throttled(0), new Tick(TIME, () -> Duration.ofSeconds(19)))
                        .kind())
                .isEqualTo(Kind.THROTTLED);
        assertThat(calls).isZero();
    }

    @Test
    void withoutTimeForThePauseTheCallIsNotRepeated() {
        List<Duration> remaining = new ArrayList<>(List.of(Duration.ofSeconds(60), Duration.ofSeconds(19)));
        assertThat(failure(() -> throttled(5), new Tick(TIME, () -> remaining.remove(0))))
                .isEqualTo(THROTTLED);
        assertThat(calls).isEqualTo(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void progressStartsTheCountAgain() throws InterruptedException {
        Retrier.Attempts attempts = retrier.attempts(Deadline.NONE);
        for (int part = 0; part < 100; part++) {
            assertThat(attempts.pauseAfterProgress()).isTrue();
            assertThat(attempts.pauseAfterFailure()).isTrue();
        }
        for (int failed = 2; failed < Retrier.ATTEMPTS; failed++) {
            assertThat(attempts.pauseAfterFailure()).isTrue();
        }
        assertThat(attempts.pauseAfterFailure()).isFalse();
        assertThat(attempts.failed()).isEqualTo(Retrier.ATTEMPTS);
    }

    private CallFailure failure(Retrier.Call<String> call, Tick tick) {
        return catchThrowableOfType(CallFailedException.class, () -> retrier.call(call, tick))
                .failure();
    }
}
