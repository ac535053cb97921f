package io.github.redshiftquerylogs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.redshiftquerylogs.export.ExportJob;
import io.github.redshiftquerylogs.lake.LakeColumns;
import io.github.redshiftquerylogs.lake.LakeFiles;
import io.github.redshiftquerylogs.lake.LakeWriter;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about packages and their dependencies, each with a control that it can fail. */
class ArchitectureTest {

    private static final String ROOT = "io.github.redshiftquerylogs";

    /** The classes that run on AWS: this module and cluster-config, which may be a folder of classes or a jar. */
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT)
            .that(describe(
                    "are not of the sandbox", type -> !type.getPackageName().startsWith(ROOT + ".sandbox")));

    /** The packages from top to bottom, each with the packages that it may depend on. */
    private static final Map<String, Set<String>> ARROWS = new LinkedHashMap<>();

    static {
        arrows(
                "export",
                "querydays",
                "compaction",
                "seal",
                "news",
                "count",
                "snapshot",
                "transfer",
                "watermark",
                "lake",
                "redshift",
                "selection",
                "declaration",
                "window",
                "failure",
                "contract",
                "settings");
        arrows("querydays", "seal", "lake", "declaration", "statement", "failure", "settings");
        arrows("compaction", "lake");
        arrows("seal", "count", "transfer", "watermark", "lake", "declaration", "window", "failure", "settings");
        arrows("news", "redshift", "declaration", "window", "failure");
        arrows("count", "lake", "redshift", "declaration", "window", "failure", "settings");
        arrows("snapshot", "lake", "declaration");
        arrows("transfer", "lake", "redshift", "unload", "declaration", "statement", "window", "failure", "settings");
        arrows("watermark", "selection", "lake", "window", "contract", "settings");
        arrows("selection", "declaration", "settings");
        // siblings: neither may know the other, nor unload
        arrows("lake", "declaration", "window", "failure", "settings");
        arrows("redshift", "declaration", "failure", "settings");
        arrows("unload", "failure");
        arrows("declaration", "statement", "window", "settings");
        arrows("statement");
        arrows("window", "failure");
        arrows("failure");
        arrows("contract", "settings");
        arrows("settings");
    }

    private static void arrows(String from, String... to) {
        ARROWS.put(from, Set.of(to));
    }

    /** Libraries that do I/O, and the packages that may use them. */
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "java.sql..", Set.of("redshift"),
            "com.amazon.redshift..", Set.of("redshift"),
            "software.amazon..", Set.of("redshift", "watermark", "settings", "export"),
            "org.apache.spark..", Set.of("transfer", "querydays", "compaction", "export"),
            "org.apache.iceberg..", Set.of("lake", "transfer", "compaction", "unload", "export"));

    /** Classes that decide, without I/O and without a clock. */
    private static final DescribedPredicate<JavaClass> DECISIONS = resideInAnyPackage(
                    ROOT + ".window..", ROOT + ".declaration..", ROOT + ".selection..", ROOT + ".statement..")
            .or(resideInAPackage(ROOT + ".watermark..")
                    .and(describe(
                            "are not over DynamoDB",
                            type -> !type.getSimpleName().startsWith("DynamoDb"))))
            .or(resideInAPackage(ROOT + ".news..")
                    .and(describe("do not ask", type -> !type.getSimpleName().equals("NewsQuestion"))))
            .or(describe("SnapshotHistory", type -> type.getName().startsWith(ROOT + ".snapshot.SnapshotHistory")))
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

    private static String packages(String name) {
        return ROOT + "." + name + "..";
    }

    private static String[] packages(Stream<String> names) {
        return names.map(ArchitectureTest::packages).toArray(String[]::new);
    }

    private static ArchRule mayDependOnlyOn(String from, Set<String> allowed) {
        return classes()
                .that()
                .resideInAPackage(packages(from))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(packages(Stream.concat(Stream.of(from), allowed.stream())))
                        .or(DescribedPredicate.not(resideInAPackage(ROOT + ".."))));
    }

    private static ArchRule isUsedOnlyIn(String library, Set<String> users) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages(users.stream()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    /** Types that are public only for {@code transfer}. */
    private static ArchRule lakeInternalsAreUsedOnlyIn(String... users) {
        return classes()
                .that()
                .belongToAnyOf(LakeColumns.class, LakeFiles.class, LakeWriter.class)
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage(packages(Stream.of(users)));
    }

    private static Set<String> without(Set<String> all, String one) {
        Set<String> rest = new HashSet<>(all);
        rest.remove(one);
        return rest;
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
    void checkedClassesAreAllThatRunOnAws() {
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
                        "Gap",
                        "SourceQuery")
                .doesNotContain("DynamoDbExportState");
    }

    @Test
    void decisionsDoNoIoAndReadNoClock() {
        decides(DECISIONS).check(MAIN);
        assertThat(decides(resideInAnyPackage(ROOT + ".lake..")).evaluate(MAIN).hasViolation())
                .isTrue();
        assertThat(decides(JavaClass.Predicates.type(ExportJob.class))
                        .evaluate(MAIN)
                        .hasViolation())
                .isTrue();
    }

    @Test
    void everyPackageIsListedAndDependenciesPointDownwards() {
        assertThat(MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .isEqualTo(
                        ARROWS.keySet().stream().map(name -> ROOT + "." + name).collect(Collectors.toSet()));
        List<String> floors = List.copyOf(ARROWS.keySet());
        ARROWS.forEach((from, to) -> assertThat(floors.subList(floors.indexOf(from) + 1, floors.size()))
                .containsAll(to));
    }

    @Test
    void packagesDependOnlyOnAllowedPackages() {
        ARROWS.forEach((from, to) -> {
            mayDependOnlyOn(from, to).check(MAIN);
            for (String arrow : to) {
                assertThat(mayDependOnlyOn(from, without(to, arrow))
                                .evaluate(MAIN)
                                .hasViolation())
                        .as("%s depends on %s, so that a rule without this arrow is violated", from, arrow)
                        .isTrue();
            }
        });
    }

    @Test
    void ioLibrariesAreUsedOnlyInAllowedPackages() {
        LIBRARIES.forEach((library, users) -> {
            isUsedOnlyIn(library, users).check(MAIN);
            for (String user : users) {
                assertThat(isUsedOnlyIn(library, without(users, user))
                                .evaluate(MAIN)
                                .hasViolation())
                        .as("%s uses %s, so that a rule without this user is violated", user, library)
                        .isTrue();
            }
        });
    }

    @Test
    void lakeInternalsAreUsedOnlyByTransfer() {
        lakeInternalsAreUsedOnlyIn("lake", "transfer").check(MAIN);
        assertThat(lakeInternalsAreUsedOnlyIn("lake").evaluate(MAIN).hasViolation())
                .isTrue();
    }

    @Test
    void mainCodeDoesNotDependOnTheSandbox() {
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
