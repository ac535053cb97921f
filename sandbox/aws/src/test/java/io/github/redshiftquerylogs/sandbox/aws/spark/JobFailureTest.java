package io.github.redshiftquerylogs.sandbox.aws.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobFailureTest {

    @Test
    void theExceptionThatNobodyCaughtIsTheReason() {
        assertThat(JobFailure.message(
                        List.of(
                                "26/11/21 WARN Foo: java.io.IOException: retried",
                                "Exception in thread \"main\" java.lang.IllegalStateException: 2 of 8 tables failed: a",
                                "\tat Main.main(Main.java:3)",
                                "Caused by: java.sql.SQLException: connection refused",
                                "\t... 12 more",
                                "26/11/21 INFO ShutdownHookManager: Shutdown hook called"),
                        1))
                .isEqualTo("java.lang.IllegalStateException: 2 of 8 tables failed: a");
    }

    @Test
    void otherwiseItIsTheLastExceptionInTheLog() {
        assertThat(JobFailure.message(
                        List.of(
                                "java.io.IOException: first",
                                "org.apache.spark.SparkException",
                                "\tat Main",
                                "Caused by: java.lang.OutOfMemoryError: Java heap space",
                                "bye"),
                        3))
                .isEqualTo("java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void aLogWithoutExceptionsLeavesTheExitCode() {
        assertThat(JobFailure.message(List.of("starting", "org.example.Thing: hello"), 137))
                .isEqualTo("the process ended with code 137");
    }

    @Test
    void theMessageIsShort() {
        assertThat(JobFailure.message(List.of("java.lang.Error: " + "x".repeat(5000)), 1))
                .hasSize(1000);
    }
}
