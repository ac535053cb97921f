package io.github.redshiftquerylogs.sandbox.aws;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
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
class LocalAwsArchitectureTest {

    private static final String SANDBOX = "io.github.redshiftquerylogs.sandbox";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(SANDBOX + ".aws");

    /** Each package with the packages of this module that it uses; nothing uses the root. */
    private static final Map<String, Set<String>> DEPENDENCIES = Map.ofEntries(
            entry(
                    "aws",
                    Set.of(
                            "aws.catalog",
                            "aws.dataapi",
                            "aws.jobs",
                            "aws.parameters",
                            "aws.redshift",
                            "aws.secrets",
                            "aws.servers",
                            "aws.spark",
                            "aws.wire")),
            entry("aws.catalog", Set.of("aws.wire")),
            entry("aws.dataapi", Set.of("aws.redshift", "aws.secrets", "aws.wire")),
            entry("aws.faults", Set.of("aws.wire")),
            entry("aws.jobs", Set.of("aws.wire")),
            entry("aws.parameters", Set.of("aws.wire")),
            entry("aws.process", Set.of()),
            entry("aws.redshift", Set.of("aws.wire")),
            entry("aws.secrets", Set.of("aws.wire")),
            entry("aws.servers", Set.of("aws.process", "aws.wire")),
            entry("aws.spark", Set.of("aws.jobs", "aws.process")),
            entry("aws.wire", Set.of()));

    @Test
    void packagesUseExactlyTheListedOnes() {
        assertThat(dependencies(MAIN)).isEqualTo(new TreeMap<>(DEPENDENCIES));
    }

    @Test
    void packagesHaveNoCycles() {
        ArchRule rule = slices().matching(SANDBOX + ".(**)").should().beFreeOfCycles();

        rule.check(MAIN);

        JavaClasses withTests = new ClassFileImporter()
                .importPackages(SANDBOX + ".aws")
                .that(resideInAnyPackage(SANDBOX + ".aws", SANDBOX + ".aws.secrets"));
        assertThat(rule.evaluate(withTests).hasViolation())
                .as("tests of 'aws.secrets' use TestingEndpoint of the root package")
                .isTrue();
    }

    private static Map<String, Set<String>> dependencies(JavaClasses classes) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> used = found.computeIfAbsent(name(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> target.getPackageName().startsWith(SANDBOX + ".aws"))
                    .map(LocalAwsArchitectureTest::name)
                    .filter(name -> !name.equals(name(type)))
                    .forEach(used::add);
        }
        return found;
    }

    private static String name(JavaClass type) {
        return type.getPackageName().substring(SANDBOX.length() + 1);
    }
}
