package io.github.redshiftquerylogs.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.redshiftquerylogs.infra");

    @Test
    void optionsAndCostKnowNothingOfTheCdk() {
        noClasses()
                .that()
                .resideInAnyPackage("..infra.options", "..infra.cost")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "software.constructs..", "io.github.cdklabs..")
                .check(CLASSES);
    }

    @Test
    void theAppKnowsNothingOfTheSandboxOrOfWhatItDeploys() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..sandbox..", "..orchestrator..", "..export..")
                .check(CLASSES);
    }
}
