package io.github.redshiftquerylogs.sandbox.unload;

/** The objects that an UNLOAD without rows writes; undocumented, and different between versions of Redshift. */
public enum EmptyResult {
    /** No object, no manifest. */
    WRITES_NOTHING,
    /** A manifest without entries, if the statement asks for a manifest. */
    WRITES_EMPTY_MANIFEST
}
