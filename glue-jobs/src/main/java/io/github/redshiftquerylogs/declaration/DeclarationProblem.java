package io.github.redshiftquerylogs.declaration;

/**
 * Something that is wrong with the file of a declaration.
 *
 * @param file the name of the file
 * @param line the line, from 1; 0 if it concerns the whole file
 * @param text what was found and what is expected
 */
public record DeclarationProblem(String file, int line, String text) {

    /** {@code file:line: text}, which editors and terminals link to. */
    @Override
    public String toString() {
        return file + ":" + (line > 0 ? line + ":" : "") + " " + text;
    }
}
