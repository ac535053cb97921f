package io.github.redshiftquerylogs.lake;

import java.util.Optional;

/** The result of an append: committed, refused or unknown. */
public sealed interface AppendResult {

    /** Why the caller has to start over from a fresh base, for the log; empty if the rows are in the lake. */
    Optional<String> whyToStartOver();

    /** The rows are in the lake. */
    record Committed() implements AppendResult {
        @Override
        public Optional<String> whyToStartOver() {
            return Optional.empty();
        }
    }

    /**
     * The rows are not in the lake, and their files were deleted. Start over from a fresh base.
     *
     * @param reason in Iceberg's words
     */
    record Refused(String reason) implements AppendResult {
        @Override
        public Optional<String> whyToStartOver() {
            return Optional.of("the commit was refused: " + reason);
        }
    }

    /**
     * Whether the rows are in the lake is unknown, so their files stay. Start over from a fresh base, which shows it.
     *
     * @param reason in Iceberg's words
     */
    record Unknown(String reason) implements AppendResult {
        @Override
        public Optional<String> whyToStartOver() {
            return Optional.of("whether the commit happened is unknown: " + reason);
        }
    }
}
