package io.github.redshiftquerylogs.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings are invalid. Its message lists all problems. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /** @param problems at least one problem */
    public InvalidSettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order in which they were found. */
    public List<Problem> problems() {
        return problems;
    }
}
