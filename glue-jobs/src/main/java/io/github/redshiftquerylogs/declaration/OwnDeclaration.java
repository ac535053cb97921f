package io.github.redshiftquerylogs.declaration;

import java.util.List;
import java.util.Optional;

/**
 * The file of an own export: a declaration, or what is wrong with it.
 *
 * @param name the name of the export. Of a broken one, that of its file: without its ending, if that is the name of an own
 *     export, and else with it, so that it is not taken for that of another export
 * @param declaration empty if it is broken
 * @param problems what is wrong with it, by line
 */
public record OwnDeclaration(String name, Optional<ExportDeclaration> declaration, List<DeclarationProblem> problems) {

    public OwnDeclaration {
        problems = List.copyOf(problems);
    }

    static OwnDeclaration valid(ExportDeclaration declaration) {
        return new OwnDeclaration(declaration.name(), Optional.of(declaration), List.of());
    }

    static OwnDeclaration broken(String file, List<DeclarationProblem> problems) {
        boolean named = OwnExport.isName(file) && file.endsWith(Declarations.ENDING);
        return new OwnDeclaration(named ? Declarations.stem(file) : file, Optional.empty(), problems);
    }
}
