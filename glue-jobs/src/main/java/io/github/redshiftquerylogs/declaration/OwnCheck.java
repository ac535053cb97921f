package io.github.redshiftquerylogs.declaration;

import static io.github.redshiftquerylogs.declaration.Findings.quoted;

import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.statement.QueryCheck;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what a declaration of users has to fulfil beyond the rules of all declarations; see {@link DeclarationCheck}. */
final class OwnCheck {

    static final Pattern NAME = Pattern.compile(OwnExport.PREFIX + "[a-z0-9_]{1,100}");

    /** Redshift began in 2012; an earlier day is a mistake. */
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

    private final DeclarationFile file;
    private final Findings findings;

    OwnCheck(DeclarationFile file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    void run() {
        if (file.name() != null && !NAME.matcher(file.name()).matches()) {
            findings.add(
                    "name",
                    "name is '" + file.name() + "': expected a name that begins with " + OwnExport.PREFIX
                            + ", so that it is that of no table or view of this project: " + NAME.pattern());
        }
        if (file.set() != null) {
            findings.checkOneOf("set", "set", file.set(), List.of(ExportSet.OWN.text()));
        }
        refuse("undated", file.undated());
        refuse("held_back", file.heldBack());
        checkClusters();
        checkSince();
        if (file.sql() != null) {
            QueryCheck.of(file.sql()).forEach(finding -> findings.add("sql", finding.line(), "sql " + finding.text()));
        }
    }

    /** A query that would run outside of a derived table. */
    private void refuse(String field, @Nullable String found) {
        if (found != null) {
            findings.add(field, field + " is '" + found + "': expected it in declarations of this project only");
        }
    }

    private void checkClusters() {
        List<String> clusters = file.clusters();
        if (clusters == null) {
            return;
        }
        if (clusters.isEmpty()) {
            findings.add("clusters", "clusters is empty: expected names of clusters, or no such field for all of them");
        }
        for (int i = 0; i < clusters.size(); i++) {
            if (ClusterName.of(clusters.get(i)).isEmpty()) {
                findings.add(
                        "clusters/" + i,
                        "clusters has " + quoted(clusters.get(i)) + ": expected "
                                + ClusterName.expectedFor(clusters.get(i)));
            }
        }
    }

    private void checkSince() {
        if (file.since() == null) {
            return;
        }
        try {
            if (!LocalDate.parse(file.since()).isBefore(EARLIEST)) {
                return;
            }
        } catch (DateTimeParseException e) {
            // the same finding
        }
        findings.add(
                "since", "since is '" + file.since() + "': expected a day such as 2026-01-31, not before " + EARLIEST);
    }
}
