package io.github.redshiftquerylogs.sandbox.unload;

/**
 * The encoding of a TIMESTAMP in Parquet. Redshift's documentation does not say which of the two a cluster uses, so a
 * reader must accept both.
 */
public enum TimestampEncoding {
    /** Microseconds since 1970, without a zone ({@code isAdjustedToUTC=false}). */
    INT64_MICROS,
    /** Nanoseconds of the day and Julian day (INT96), the older encoding. */
    INT96
}
