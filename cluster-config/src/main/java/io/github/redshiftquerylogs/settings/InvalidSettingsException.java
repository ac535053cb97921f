package io.github.redshiftquerylogs.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; carries all problems at once, not only the first. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /** @param problems what is wrong, at least one */
    public InvalidSettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order in which it was found. */
    public List<Problem> problems() {
        return problems;
    }
}
