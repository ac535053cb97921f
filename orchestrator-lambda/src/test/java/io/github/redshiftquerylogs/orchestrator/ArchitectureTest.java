package io.github.redshiftquerylogs.orchestrator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/**
 * Which package may use which, and where I/O is allowed. Each rule has a negative control; a rule without any class to
 * check fails by itself.
 */
class ArchitectureTest {

    private static final String ROOT = "io.github.redshiftquerylogs.orchestrator";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** With the fixtures, which break the rules: {@code state.InMemoryStateTable} implements a port of {@code monitor}. */
    private static final JavaClasses MAIN_AND_TESTS = new ClassFileImporter().importPackages(ROOT);

    /** Classes that call AWS, and the values of AWS's SDK that they translate. */
    private static final DescribedPredicate<JavaClass> ADAPTERS =
            nameMatching(".*\\.(Sdk|Ssm|DynamoDb|Emf)\\w+(\\$.*)?").forSubtype();

    /** Without the arithmetic of pauses. */
    private static final DescribedPredicate<JavaClass> SDK = resideInAPackage("software.amazon..")
            .and(DescribedPredicate.not(resideInAPackage("software.amazon.awssdk.retries.api")));

    private static final DescribedPredicate<JavaClass> HANDLER =
            nameMatching(".*\\.OrchestratorHandler").forSubtype();

    /** Decisions: three packages as a whole, and the values of the others. */
    private static final DescribedPredicate<JavaClass> DECISIONS = resideInAnyPackage(
                    ROOT + ".schedule", ROOT + ".environment", ROOT + ".result")
            .or(resideInAPackage(ROOT + ".*").and(DescribedPredicate.describe("are values", ArchitectureTest::isValue)))
            .or(nameMatching(".*\\.(ScheduledEvent|Candidate|JobDrift)").forSubtype());

    private static boolean isValue(JavaClass type) {
        return type.isRecord() || type.isEnum();
    }

    private static ArchRule doNoIo(DescribedPredicate<JavaClass> classes) {
        return noClasses()
                .that(classes)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "software.amazon..",
                        "com.amazonaws..",
                        "java.net..",
                        "java.io..",
                        "java.util.concurrent..",
                        "org.slf4j..");
    }

    private static ArchRule doNotUseTheSdk(DescribedPredicate<JavaClass> classes) {
        return noClasses().that(classes).should().dependOnClassesThat(SDK);
    }

    private static ArchRule doNotUse(DescribedPredicate<JavaClass> classes, DescribedPredicate<JavaClass> others) {
        return noClasses().that(classes).should().dependOnClassesThat(others);
    }

    private static ArchRule arrowsPointDown() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("orchestrator")
                .definedBy(ROOT)
                .layer("monitor")
                .definedBy(ROOT + ".monitor")
                .layer("job")
                .definedBy(ROOT + ".job")
                .layer("connection")
                .definedBy(ROOT + ".connection")
                .layer("schedule")
                .definedBy(ROOT + ".schedule")
                .layer("state")
                .definedBy(ROOT + ".state")
                .layer("call")
                .definedBy(ROOT + ".call")
                .layer("environment")
                .definedBy(ROOT + ".environment")
                .layer("result")
                .definedBy(ROOT + ".result")
                .whereLayer("orchestrator")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("monitor")
                .mayOnlyAccessLayers("connection", "state", "call", "result")
                .whereLayer("job")
                .mayOnlyAccessLayers("schedule", "state", "call", "environment", "result")
                .whereLayer("connection")
                .mayOnlyAccessLayers("call", "environment", "result")
                .whereLayer("schedule")
                .mayOnlyAccessLayers("state")
                .whereLayer("state")
                .mayOnlyAccessLayers("call")
                .whereLayer("call")
                .mayOnlyAccessLayers("result")
                .whereLayer("environment")
                .mayNotAccessAnyLayer()
                .whereLayer("result")
                .mayNotAccessAnyLayer()
                .ensureAllClassesAreContainedInArchitecture();
    }

    private static ArchRule packagesHaveNoCycles() {
        return slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();
    }

    @Test
    void arrowsBetweenPackagesPointDown() {
        arrowsPointDown().check(MAIN);
        packagesHaveNoCycles().check(MAIN);
    }

    @Test
    void anArrowThatPointsUpIsNoticed() {
        assertThat(arrowsPointDown().evaluate(MAIN_AND_TESTS).hasViolation()).isTrue();
        assertThat(packagesHaveNoCycles().evaluate(MAIN_AND_TESTS).hasViolation())
                .isTrue();
    }

    @Test
    void decisionsDoNoIo() {
        doNoIo(DECISIONS).check(MAIN);
    }

    @Test
    void aDecisionThatDoesIoIsNoticed() {
        for (String adapter : new String[] {"SdkGlueJobs", "SdkClusterDirectory", "DynamoDbStateTable", "StartPool"}) {
            assertThat(doNoIo(nameMatching(".*\\." + adapter).forSubtype())
                            .evaluate(MAIN)
                            .hasViolation())
                    .as(adapter)
                    .isTrue();
        }
    }

    @Test
    void onlyAdaptersUseTheSdk() {
        doNotUseTheSdk(DescribedPredicate.not(ADAPTERS.or(HANDLER))).check(MAIN);
    }

    @Test
    void aUseOfTheSdkIsNoticed() {
        assertThat(doNotUseTheSdk(ADAPTERS).evaluate(MAIN).hasViolation()).isTrue();
    }

    /** The other classes know their interfaces only. */
    @Test
    void onlyTheHandlerUsesAdapters() {
        doNotUse(DescribedPredicate.not(ADAPTERS.or(HANDLER)), ADAPTERS).check(MAIN);
    }

    @Test
    void aUseOfAnAdapterIsNoticed() {
        assertThat(doNotUse(HANDLER, ADAPTERS).evaluate(MAIN).hasViolation()).isTrue();
    }

    @Test
    void nothingUsesSparkOrIceberg() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.iceberg..")
                .check(MAIN);
    }
}
