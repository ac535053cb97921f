package io.github.redshiftquerylogs.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.redshiftquerylogs.orchestrator");

    private static ArchRule decides(Class<?>... decisions) {
        return noClasses()
                .that()
                .belongToAnyOf(decisions)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "software.amazon..",
                        "com.amazonaws..",
                        "org.apache.spark..",
                        "java.net..",
                        "java.io..",
                        "java.util.concurrent..",
                        "org.slf4j..");
    }

    @Test
    void decisionsDoNoIo() {
        decides(
                        Schedule.class,
                        FailureBackoff.class,
                        JobCare.class,
                        JobDrift.class,
                        JobDefinition.class,
                        CallFailure.class,
                        ScheduledEvent.class,
                        Environment.class,
                        Backoff.class,
                        Outcome.class,
                        ClusterResult.class,
                        TickResult.class,
                        DueCluster.class,
                        ClusterState.class,
                        LastRun.class,
                        Seen.class,
                        ConnectionDefinition.class,
                        ClusterDescription.class,
                        ClusterSubnet.class,
                        Obstacle.class,
                        TickMetrics.class,
                        LastStart.class)
                .check(CLASSES);
    }

    @Test
    void theRuleNoticesAClassThatDoesIo() {
        assertThat(decides(SdkGlueJobs.class).evaluate(CLASSES).hasViolation()).isTrue();
        assertThat(decides(SdkClusterDirectory.class).evaluate(CLASSES).hasViolation())
                .isTrue();
        assertThat(decides(DynamoDbStateTable.class).evaluate(CLASSES).hasViolation())
                .isTrue();
    }

    @Test
    void onlyTheEdgeKnowsTheSdk() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(
                        SdkCalls.class,
                        SdkGlueJobs.class,
                        JobRequests.class,
                        SdkGlueConnections.class,
                        SdkClusterDirectory.class,
                        SsmConnectionRecord.class,
                        StateItems.class,
                        DynamoDbStateTable.class,
                        DynamoDbWatchTable.class,
                        EmfMetrics.class,
                        OrchestratorHandler.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(CLASSES);
    }

    @Test
    void nothingHereKnowsSpark() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.iceberg..")
                .check(CLASSES);
    }
}
