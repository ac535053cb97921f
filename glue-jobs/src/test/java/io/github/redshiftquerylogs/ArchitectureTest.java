package io.github.redshiftquerylogs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.redshiftquerylogs.export.ExportJob;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.watermark.Gap;
import io.github.redshiftquerylogs.watermark.StartingPoint;
import io.github.redshiftquerylogs.watermark.TableState;
import io.github.redshiftquerylogs.watermark.Watermark;
import org.junit.jupiter.api.Test;

/** The rules of the rooms; beside each the proof that it notices who breaks it. */
class ArchitectureTest {

    private static final String ROOT = "io.github.redshiftquerylogs";

    /** What goes to AWS: this module and cluster-config, which may be a folder of classes or a jar. */
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT)
            .that(describe(
                    "are not of the sandbox", type -> !type.getPackageName().startsWith(ROOT + ".sandbox")));

    private static final DescribedPredicate<JavaClass> DECISIONS = resideInAnyPackage(
                    ROOT + ".window..", ROOT + ".declaration..")
            .or(JavaClass.Predicates.belongToAnyOf(Gap.class, StartingPoint.class, TableState.class, Watermark.class))
            .or(describe("SchemaChange", type -> type.getName().startsWith(ROOT + ".lake.SchemaChange")));

    private static ArchRule decides(DescribedPredicate<JavaClass> decisions) {
        return noClasses()
                .that(decisions)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "org.apache.spark..", "org.apache.iceberg..", "java.sql..")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now");
    }

    private static ArchRule inPackageKnowsNot(String from, String... unknown) {
        return noClasses()
                .that()
                .resideInAnyPackage(ROOT + "." + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(unknown);
    }

    private static ArchRule neverKnowsTheSandbox() {
        return noClasses().should().dependOnClassesThat().resideInAPackage("..sandbox..");
    }

    private static ArchRule neverEndsTheProcess() {
        return noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class);
    }

    @Test
    void whatIsCheckedIsAllThatGoesToAws() {
        assertThat(MAIN.contain(ExportJob.class)).isTrue();
        assertThat(MAIN.contain(ClusterName.class)).isTrue();
        assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
        assertThat(MAIN.that(DECISIONS))
                .extracting(JavaClass::getSimpleName)
                .contains(
                        "SchemaChange",
                        "StartingPoint",
                        "TableState",
                        "Watermark",
                        "WindowPlan",
                        "UpperBound",
                        "SourceQuery");
    }

    @Test
    void decisionsDoNoIoAndDoNotLookAtTheClock() {
        decides(DECISIONS).check(MAIN);
        assertThat(decides(resideInAnyPackage(ROOT + ".lake..")).evaluate(MAIN).hasViolation())
                .isTrue();
        assertThat(decides(JavaClass.Predicates.type(ExportJob.class))
                        .evaluate(MAIN)
                        .hasViolation())
                .isTrue();
    }

    @Test
    void theSourceDoesNotKnowTheLake() {
        inPackageKnowsNot("redshift", ROOT + ".lake..", ROOT + ".export..", "org.apache.iceberg..")
                .check(MAIN);
        assertThat(inPackageKnowsNot("lake", ROOT + ".redshift..")
                        .evaluate(MAIN)
                        .hasViolation())
                .as("the other way it does")
                .isTrue();
    }

    @Test
    void nothingThatGoesToAwsKnowsTheSandbox() {
        neverKnowsTheSandbox().check(MAIN);
        assertThat(neverKnowsTheSandbox().evaluate(violators()).hasViolation()).isTrue();
    }

    @Test
    void nothingEndsTheProcess() {
        neverEndsTheProcess().check(MAIN);
        assertThat(neverEndsTheProcess()
                        .evaluate(violators())
                        .getFailureReport()
                        .getDetails())
                .as("exit, Runtime.exit and halt")
                .hasSize(3);
    }

    private static JavaClasses violators() {
        return new ClassFileImporter().importClasses(Violator.class);
    }

    /** Breaks the rules; is never called. */
    static final class Violator {
        void knowsTheSandbox(LocalAws aws) {
            aws.close();
        }

        void exit() {
            System.exit(1);
        }

        void runtimeExit() {
            Runtime.getRuntime().exit(1);
        }

        void halt() {
            Runtime.getRuntime().halt(1);
        }
    }
}
