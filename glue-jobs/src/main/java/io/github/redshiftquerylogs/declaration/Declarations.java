package io.github.redshiftquerylogs.declaration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds and reads export declarations: YAML files, one per export, named {@code <export>.yaml}.
 *
 * <p>Adding a file to {@code src/main/resources/declarations} adds the export; there is no list of them in the code.
 */
public final class Declarations {

    private static final String FOLDER = "declarations";
    /** How the names of declaration files end. */
    public static final String ENDING = ".yaml";

    private Declarations() {}

    /**
     * The declarations that are part of this build, by name.
     *
     * <p>They are listed in the place that this class itself was loaded from: the shaded jar of the job or a folder of
     * classes. Asking a class loader for the folder would also find folders of that name in other jars of Spark and Glue.
     *
     * @throws IllegalStateException if that place cannot be read or has no declarations
     * @throws IllegalArgumentException if one of them is invalid
     */
    public static List<ExportDeclaration> bundled() {
        return bundledIn(codeLocation());
    }

    /** The declarations of a jar or a folder of classes. */
    static List<ExportDeclaration> bundledIn(Path codeLocation) {
        if (Files.isDirectory(codeLocation)) {
            return in(codeLocation.resolve(FOLDER));
        }
        try (FileSystem jar = FileSystems.newFileSystem(codeLocation)) {
            return in(jar.getPath(FOLDER));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the declarations in " + codeLocation, e);
        }
    }

    private static Path codeLocation() {
        try {
            return Path.of(
                    Optional.ofNullable(Declarations.class.getProtectionDomain().getCodeSource())
                            .map(CodeSource::getLocation)
                            .orElseThrow(() -> new IllegalStateException("the class loader does not tell where "
                                    + Declarations.class.getName()
                                    + " was loaded from: expected a jar or a folder of classes"))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot locate the declarations: " + e.getMessage(), e);
        }
    }

    /**
     * The declarations in a folder, by name; files with another ending are ignored.
     *
     * @throws IllegalStateException if there are none
     * @throws IllegalArgumentException if a declaration is invalid, or its name is not that of its file
     */
    public static List<ExportDeclaration> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<ExportDeclaration> declarations = files.filter(
                            file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .map(Declarations::read)
                    .toList();
            if (declarations.isEmpty()) {
                throw new IllegalStateException("no declarations in " + folder + ": expected files *" + ENDING);
            }
            return declarations;
        } catch (IOException e) {
            throw new IllegalStateException("cannot list the declarations in " + folder, e);
        }
    }

    private static ExportDeclaration read(Path file) {
        String fileName = file.getFileName().toString();
        try {
            ExportDeclaration declaration = parse(Files.readString(file), fileName);
            if (!fileName.equals(declaration.name() + ENDING)) {
                throw new IllegalArgumentException("declaration " + fileName + ": name is '" + declaration.name()
                        + "': expected the name of the file, '" + stem(fileName) + "'");
            }
            return declaration;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read declaration " + file, e);
        }
    }

    /**
     * Parses one declaration of this project.
     *
     * @param yaml the content of the file
     * @param origin the file's name, for error messages
     * @throws IllegalArgumentException if the declaration is invalid; one message lists all problems, each with the value
     *     found and the value expected
     */
    public static ExportDeclaration parse(String yaml, String origin) {
        DeclarationYaml.Read read = DeclarationYaml.read(yaml, origin);
        Findings findings = new Findings();
        read.content().ifPresent(file -> {
            findings.checkOneOf("set", "set", file.set(), ExportSet.bundled());
            if (file.since() != null || file.clusters() != null) {
                findings.add("", "since and clusters are fields of own exports: expected neither");
            }
            new DeclarationCheck(file, findings).run();
        });
        List<DeclarationProblem> problems = new ArrayList<>(read.problems());
        problems.addAll(read.places().problems(origin, findings));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("declaration " + origin + ": "
                    + problems.stream().map(DeclarationProblem::text).collect(Collectors.joining("; ")));
        }
        return read.content().orElseThrow().declaration(false);
    }

    /**
     * Reads the declaration of an own export. Unlike one of this project it may be wrong, which is part of the result.
     *
     * @param yaml the content of the file
     * @param fileName its name
     */
    public static OwnDeclaration readOwn(String yaml, String fileName) {
        DeclarationYaml.Read read = DeclarationYaml.read(yaml, fileName);
        Findings findings = new Findings();
        read.content().ifPresent(file -> {
            new DeclarationCheck(file, findings).run();
            new OwnCheck(file, findings).run();
            if (file.name() != null && !fileName.equals(file.name() + ENDING)) {
                findings.add(
                        "name", "name is '" + file.name() + "': expected that of the file, '" + stem(fileName) + "'");
            }
        });
        List<DeclarationProblem> problems = new ArrayList<>(read.problems());
        problems.addAll(read.places().problems(fileName, findings));
        problems.sort(Comparator.comparingInt(DeclarationProblem::line));
        return problems.isEmpty()
                ? OwnDeclaration.valid(read.content().orElseThrow().declaration(true))
                : OwnDeclaration.broken(fileName, problems);
    }

    /** The name of a file without its ending. */
    static String stem(String fileName) {
        return fileName.endsWith(ENDING) ? fileName.substring(0, fileName.length() - ENDING.length()) : fileName;
    }
}
