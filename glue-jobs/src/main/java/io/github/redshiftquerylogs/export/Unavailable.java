package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.failure.SourceException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a selected export that was never read cannot be read. An export that was read before fails instead: its history
 * would get a hole.
 *
 * @param state what a user sees in the summary
 * @param reason what was found and what is expected
 */
record Unavailable(State state, String reason) {

    /** The states of an export that cannot be read. */
    enum State {
        /** The user may not read it. */
        REFUSED,
        /** The source does not have it. */
        ABSENT,
        /** An own export whose declaration is wrong. */
        BROKEN;

        /** Lower case, as in the summary. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern RELATION = Pattern.compile(
            "permission denied for (?:relation|table|view) \"?([^\";\\s]+)\"?", Pattern.CASE_INSENSITIVE);
    /** System tables that Serverless and Multi-AZ do not show to anybody. */
    private static final Pattern PROVISIONED = Pattern.compile("(stl|svl|svcs|stv)_.*");

    /** Whether the failure of an export that was never read means that it cannot be read. */
    static boolean isMeantBy(SourceException failure) {
        return failure.isDenied() || failure.isUnknownRelation();
    }

    /** Whether a database that was never read cannot be read: it refuses the user, or lacks the relation. */
    static boolean isOfDatabase(SourceException failure) {
        return isMeantBy(failure) || failure.isLoginRefused() || failure.isUnknownDatabase();
    }

    /**
     * Describes the failure of a snapshot in one database.
     *
     * @param grant what lets the user read relations of that database; fails if the user cannot connect to it
     */
    static Unavailable ofDatabase(
            ExportDeclaration declaration,
            String database,
            SourceException failure,
            Function<List<String>, String> grant) {
        try {
            Unavailable inDatabase =
                    of(declaration, failure, relations -> grant.apply(relations) + "; it is run in this database");
            return new Unavailable(inDatabase.state(), "database " + database + ": " + inDatabase.reason());
        } catch (SourceException e) {
            return new Unavailable(
                    State.REFUSED,
                    "database " + database + ": the user cannot connect to it (" + failure.reply()
                            + "): expected that it may, or that the export is left out");
        }
    }

    /**
     * Describes a failure.
     *
     * @param grant what lets the user read relations, without a leading "expected"
     */
    static Unavailable of(
            ExportDeclaration declaration, SourceException failure, Function<List<String>, String> grant) {
        if (failure.isUnknownRelation()) {
            return new Unavailable(State.ABSENT, "the source does not have it: " + failure.reply());
        }
        List<String> relations = declaration.grants().isEmpty()
                ? List.of(refused(failure.reply(), declaration.name()))
                : declaration.grants();
        boolean provisioned = relations.stream().anyMatch(PROVISIONED.asMatchPredicate());
        return new Unavailable(
                State.REFUSED,
                "the user may not read it (" + failure.reply() + "): expected " + grant.apply(relations)
                        + (provisioned
                                ? "; nobody can on Serverless and Multi-AZ, expected exports of the set sys there"
                                : ""));
    }

    private static String refused(String reply, String fallback) {
        Matcher matcher = RELATION.matcher(reply);
        return matcher.find() ? matcher.group(1) : fallback;
    }
}
