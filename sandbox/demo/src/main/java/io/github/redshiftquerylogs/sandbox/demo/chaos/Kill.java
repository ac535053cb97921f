package io.github.redshiftquerylogs.sandbox.demo.chaos;

import java.time.Duration;

/**
 * When a run is killed.
 *
 * @param stage a stage of the run
 * @param delay after the begin of the stage
 */
record Kill(Stage stage, Duration delay) {

    /** The kill of a later run, in place of this one, whose run ended first: each run exports, and a shorter delay is met. */
    Kill sooner() {
        return new Kill(Stage.EXPORT, delay.dividedBy(2));
    }
}
