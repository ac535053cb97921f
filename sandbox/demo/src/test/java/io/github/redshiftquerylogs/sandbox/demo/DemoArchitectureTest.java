package io.github.redshiftquerylogs.sandbox.demo;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The packages of this module and the dependencies between them. */
class DemoArchitectureTest {

    private static final String SANDBOX = "io.github.redshiftquerylogs.sandbox";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(SANDBOX + ".demo");

    /** Each package with the packages of this module that it uses; nothing uses the root. */
    private static final Map<String, Set<String>> DEPENDENCIES = Map.of(
            "demo",
                    Set.of(
                            "demo.ask",
                            "demo.chaos",
                            "demo.check",
                            "demo.deploy",
                            "demo.keep",
                            "demo.load",
                            "demo.terminal",
                            "demo.tick"),
            "demo.ask", Set.of("demo.deploy", "demo.terminal"),
            "demo.chaos", Set.of("demo.check"),
            "demo.check", Set.of("demo.ask", "demo.deploy", "demo.load", "demo.terminal"),
            "demo.deploy", Set.of("demo.load"),
            "demo.keep", Set.of("demo.deploy", "demo.load", "demo.terminal", "demo.tick"),
            "demo.load", Set.of(),
            "demo.terminal", Set.of(),
            "demo.tick", Set.of("demo.deploy", "demo.terminal"));

    @Test
    void packagesUseExactlyTheListedOnes() {
        assertThat(dependencies(MAIN)).isEqualTo(new TreeMap<>(DEPENDENCIES));
    }

    @Test
    void packagesHaveNoCycles() {
        ArchRule rule = slices().matching(SANDBOX + ".(**)").should().beFreeOfCycles();

        rule.check(MAIN);

        JavaClasses withTests = new ClassFileImporter()
                .importPackages(SANDBOX + ".demo")
                .that(resideInAnyPackage(SANDBOX + ".demo", SANDBOX + ".demo.tick"));
        assertThat(rule.evaluate(withTests).hasViolation())
                .as("CycleOfPackages makes 'demo.tick' use the root package")
                .isTrue();
    }

    private static Map<String, Set<String>> dependencies(JavaClasses classes) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> used = found.computeIfAbsent(name(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> target.getPackageName().startsWith(SANDBOX + ".demo"))
                    .map(DemoArchitectureTest::name)
                    .filter(name -> !name.equals(name(type)))
                    .forEach(used::add);
        }
        return found;
    }

    private static String name(JavaClass type) {
        return type.getPackageName().substring(SANDBOX.length() + 1);
    }
}
