package io.github.redshiftquerylogs.export;

import java.util.ArrayList;
import java.util.List;

/** Findings about one table that a user should know: each is logged and said once. */
final class TableNotes {

    private final RunLog log;
    private final List<String> notes = new ArrayList<>();

    TableNotes(RunLog log) {
        this.log = log;
    }

    void add(String note) {
        if (!notes.contains(note)) {
            log.note(note);
            notes.add(note);
        }
    }

    List<String> all() {
        return List.copyOf(notes);
    }
}
