package io.github.redshiftquerylogs.declaration;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks a folder with own exports, as a command: a line for each problem, with file, line, what was found and what is
 * expected. What only a cluster can tell, such as whether a table exists, is not checked.
 */
public final class CheckExports {

    private CheckExports() {}

    /** Thrown if there is something wrong, so that the process ends with exit code 1; its text is for people. */
    static final class ProblemsException extends RuntimeException {

        private static final long serialVersionUID = 1;

        ProblemsException(String message) {
            super(message);
        }
    }

    /**
     * Runs the command.
     *
     * @param args the folder
     * @throws ProblemsException if there is a problem
     */
    public static void main(String... args) {
        Thread.currentThread()
                .setUncaughtExceptionHandler((thread, problem) -> System.err.println(problem.getMessage()));
        if (args.length != 1) {
            throw new ProblemsException(args.length + " arguments: expected one, a folder with own exports");
        }
        check(Path.of(args[0]), System.out);
    }

    static void check(Path folder, PrintStream out) {
        if (!Files.isDirectory(folder)) {
            throw new ProblemsException("DIR = '" + folder + "': expected a folder with own exports");
        }
        List<OwnDeclaration> files;
        try {
            files = OwnDeclarations.in(new LocalFolder(folder));
        } catch (IOException e) {
            throw new ProblemsException("DIR = '" + folder + "' cannot be read: " + e.getMessage());
        }
        files.forEach(file ->
                file.problems().forEach(problem -> out.println(folder.resolve(problem.file()) + suffix(problem))));
        long broken =
                files.stream().filter(file -> file.declaration().isEmpty()).count();
        if (files.isEmpty()) {
            throw new ProblemsException("no own export in " + folder + ": expected files *" + Declarations.ENDING);
        }
        if (broken > 0) {
            throw new ProblemsException(broken + " of " + files.size() + " own exports are broken");
        }
        files.forEach(file -> out.println("ok: " + file.name()));
    }

    /** The text of a problem behind the name of its file, which is printed with its folder. */
    private static String suffix(DeclarationProblem problem) {
        return problem.toString().substring(problem.file().length());
    }
}
