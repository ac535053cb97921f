package io.github.redshiftquerylogs.selection;

import io.github.redshiftquerylogs.declaration.DeclarationProblem;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.OwnDeclaration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All exports that there are: those of this project, and the own ones.
 *
 * @param declarations those that can be selected
 * @param broken the own ones that are no declarations, by name, each with what is wrong
 * @param note what a user should know about the folder of the own ones
 * @param complete false if that folder could not be read, so that there may be more
 */
public record KnownExports(
        List<ExportDeclaration> declarations,
        SortedMap<String, String> broken,
        Optional<String> note,
        boolean complete) {

    public KnownExports {
        declarations = List.copyOf(declarations);
        broken = Collections.unmodifiableSortedMap(new TreeMap<>(broken));
    }

    /** Exports without own ones. */
    public static KnownExports of(List<ExportDeclaration> declarations) {
        return new KnownExports(declarations, new TreeMap<>(), Optional.empty(), true);
    }

    /**
     * These exports and own ones.
     *
     * @param folder where they lie, for the note on an empty folder
     */
    public KnownExports with(List<OwnDeclaration> own, String folder) {
        List<ExportDeclaration> all = new ArrayList<>(declarations);
        SortedMap<String, String> wrong = new TreeMap<>();
        for (OwnDeclaration file : own) {
            file.declaration().ifPresent(all::add);
            if (file.declaration().isEmpty()) {
                wrong.put(
                        file.name(),
                        file.problems().stream()
                                .map(DeclarationProblem::toString)
                                .collect(Collectors.joining("; ")));
            }
        }
        return new KnownExports(
                all,
                wrong,
                own.isEmpty()
                        ? Optional.of("there is no own export in " + folder + ": expected files *.yaml in it")
                        : Optional.empty(),
                true);
    }

    /**
     * These exports, while the own ones are not known.
     *
     * @param folder where they lie
     * @param why why it could not be read
     */
    public KnownExports unread(String folder, String why) {
        return new KnownExports(
                declarations,
                broken,
                Optional.of("own exports were not exported, because " + folder + " could not be read: " + why),
                false);
    }
}
