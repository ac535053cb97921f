package io.github.redshiftquerylogs.sandbox.redshift;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.redshiftquerylogs.sandbox.workload.Workload;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The packages of this module and the dependencies between them. */
class StandInArchitectureTest {

    private static final String SANDBOX = "io.github.redshiftquerylogs.sandbox";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(SANDBOX);

    /** Each package with the packages of this module that it uses. */
    private static final Map<String, Set<String>> DEPENDENCIES = Map.of(
            "protocol", Set.of("unload"),
            "redshift", Set.of("protocol", "systemtables", "unload"),
            "sqltext", Set.of(),
            "systemtables", Set.of(),
            "unload", Set.of(),
            "workload", Set.of("redshift", "sqltext", "systemtables"));

    @Test
    void packagesUseExactlyTheListedOnes() {
        assertThat(dependencies(MAIN)).isEqualTo(new TreeMap<>(DEPENDENCIES));
    }

    @Test
    void packagesHaveNoCycles() {
        ArchRule rule = slices().matching(SANDBOX + ".(*)..").should().beFreeOfCycles();

        rule.check(MAIN);

        JavaClasses withTests = new ClassFileImporter().importPackages(SANDBOX);
        assertThat(rule.evaluate(withTests).hasViolation())
                .as("Violator makes 'redshift' use 'workload'")
                .isTrue();
    }

    private static Map<String, Set<String>> dependencies(JavaClasses classes) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> used = found.computeIfAbsent(name(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> target.getPackageName().startsWith(SANDBOX))
                    .map(StandInArchitectureTest::name)
                    .filter(name -> !name.equals(name(type)))
                    .forEach(used::add);
        }
        return found;
    }

    private static String name(JavaClass type) {
        return type.getPackageName().substring(SANDBOX.length() + 1);
    }

    /** Closes a cycle between two packages; never called. */
    static final class Violator {
        void usesTheWorkload(Workload workload) {
            workload.close();
        }
    }
}
