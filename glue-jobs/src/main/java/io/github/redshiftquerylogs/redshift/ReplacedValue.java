package io.github.redshiftquerylogs.redshift;

import org.jspecify.annotations.Nullable;

/**
 * What is given instead of a value that cannot be taken over as it is.
 *
 * @param value the replacement; null if there is none
 * @param reason what was wrong and what it was replaced by; the same text for all values of a kind
 */
public record ReplacedValue(@Nullable Object value, String reason) {

    /** Bytes that are no UTF-8. */
    static final String NO_UTF8 = "with bytes that are no UTF-8, replaced by U+FFFD";

    /** A text in which bytes that are no UTF-8 are replaced. */
    public static ReplacedValue ofBytes(String text) {
        return new ReplacedValue(text, NO_UTF8);
    }

    /**
     * A value that is not readable, replaced by null.
     *
     * @param type the expected type
     */
    static ReplacedValue unreadable(Object type) {
        return new ReplacedValue(null, "that are not readable as " + type + ", replaced by null");
    }

    /** The value itself, or what it was replaced by. */
    static @Nullable Object valueOf(@Nullable Object value) {
        return value instanceof ReplacedValue replaced ? replaced.value() : value;
    }
}
