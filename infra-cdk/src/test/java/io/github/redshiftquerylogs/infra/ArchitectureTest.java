package io.github.redshiftquerylogs.infra;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may use which. Each rule has a negative control; a rule without any class to check fails by itself. */
class ArchitectureTest {

    private static final String ROOT = "io.github.redshiftquerylogs.infra";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** With the tests, which break the rules: those of all packages use {@link SynthesizedStack} of the root package. */
    private static final JavaClasses MAIN_AND_TESTS = new ClassFileImporter().importPackages(ROOT);

    /** Each package, without the root package, and the packages that it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "orchestration", Set.of("job", "network", "lake", "foundation", "rights", "options"),
            "job", Set.of("lake", "foundation", "rights"),
            "network", Set.of("foundation", "rights", "options"),
            "lake", Set.of("foundation", "rights"),
            "foundation", Set.of("rights"),
            "rights", Set.of(),
            "cost", Set.of("options"),
            "options", Set.of());

    /** One slice per package, including the root package. */
    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    private static ArchRule usesOnly(String name, Set<String> others) {
        String[] allowed = Stream.concat(Stream.of(name), others.stream())
                .map(other -> ROOT + "." + other)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(allowed).or(DescribedPredicate.not(resideInAPackage(ROOT + ".."))));
    }

    private static ArchRule packagesHaveNoCycles() {
        return slices().assignedFrom(PACKAGES).should().beFreeOfCycles();
    }

    private static ArchRule doNotUseTheCdk(String... names) {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        Stream.of(names).map(name -> ROOT + "." + name).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "software.constructs..", "io.github.cdklabs..");
    }

    private static ArchRule doNotUse(String... packages) {
        return noClasses().should().dependOnClassesThat().resideInAnyPackage(packages);
    }

    @Test
    void allPackagesHaveARule() {
        Set<String> names = MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of(ROOT), ARROWS.keySet().stream().map(name -> ROOT + "." + name))
                                .toList());
    }

    @Test
    void arrowsBetweenPackagesPointDown() {
        ARROWS.forEach((name, others) -> usesOnly(name, others).check(MAIN));
        packagesHaveNoCycles().check(MAIN);
    }

    /** The tests of {@code cost} and {@code options} do not use the root package. */
    @Test
    void anArrowToTheRootPackageIsNoticed() {
        ARROWS.forEach((name, others) -> assertThat(
                        usesOnly(name, others).evaluate(MAIN_AND_TESTS).hasViolation())
                .as(name)
                .isEqualTo(!Set.of("cost", "options").contains(name)));
    }

    @Test
    void eachArrowIsUsedAndWouldBeNoticedIfItWereForbidden() {
        ARROWS.forEach((name, others) -> others.forEach(other -> {
            Set<String> without = new TreeSet<>(others);
            without.remove(other);

            assertThat(usesOnly(name, without).evaluate(MAIN).hasViolation())
                    .as(name + " uses " + other)
                    .isTrue();
        }));
    }

    @Test
    void aCycleIsNoticed() {
        assertThat(packagesHaveNoCycles().evaluate(MAIN_AND_TESTS).hasViolation())
                .isTrue();
    }

    @Test
    void optionsAndCostDoNotUseTheCdk() {
        doNotUseTheCdk("options", "cost").check(MAIN);
    }

    @Test
    void aUseOfTheCdkIsNoticed() {
        assertThat(doNotUseTheCdk("lake").evaluate(MAIN).hasViolation()).isTrue();
    }

    @Test
    void nothingUsesTheSandboxOrTheDeployedCode() {
        doNotUse("..sandbox..", "..orchestrator..", "..export..").check(MAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..sandbox..", "..orchestrator.."})
    void aUseOfTheSandboxOrTheDeployedCodeIsNoticed(String name) {
        assertThat(doNotUse(name).evaluate(MAIN_AND_TESTS).hasViolation()).isTrue();
    }
}
