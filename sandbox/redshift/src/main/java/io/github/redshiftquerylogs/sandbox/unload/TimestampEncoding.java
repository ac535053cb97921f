package io.github.redshiftquerylogs.sandbox.unload;

/**
 * How a TIMESTAMP is written to Parquet. Redshift's documentation does not say which of the two a cluster uses, so a reader
 * has to take both.
 */
public enum TimestampEncoding {
    /** Microseconds since 1970, without a zone ({@code isAdjustedToUTC=false}). */
    INT64_MICROS,
    /** Nanoseconds of the day and Julian day, which is the older way. */
    INT96
}
