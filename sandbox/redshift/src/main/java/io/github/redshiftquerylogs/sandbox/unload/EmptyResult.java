package io.github.redshiftquerylogs.sandbox.unload;

/** What an UNLOAD without rows leaves; Redshift's documentation does not say, and versions have differed. */
public enum EmptyResult {
    /** No object at all, no manifest either. */
    WRITES_NOTHING,
    /** A manifest without entries, if one was asked for. */
    WRITES_EMPTY_MANIFEST
}
