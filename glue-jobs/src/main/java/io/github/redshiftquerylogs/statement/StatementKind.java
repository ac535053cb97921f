package io.github.redshiftquerylogs.statement;

import java.util.Locale;

/** What a statement does. */
public enum StatementKind {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    MERGE,
    COPY,
    UNLOAD,
    CREATE_TABLE,
    /** Also {@code SELECT … INTO}. */
    CREATE_TABLE_AS,
    /** Also a materialized view. */
    CREATE_VIEW,
    /** A user, group or role. */
    CREATE_USER,
    /** Anything else that is created: a schema, a function. */
    CREATE,
    /** A user, group or role. */
    DROP_USER,
    /** Anything else that is dropped: tables, views, schemas. */
    DROP,
    /** A user, group or role. */
    ALTER_USER,
    ALTER_DEFAULT_PRIVILEGES,
    /** Anything else that is altered. */
    ALTER,
    TRUNCATE,
    GRANT,
    REVOKE,
    VACUUM,
    ANALYZE,
    REFRESH,
    COMMENT,
    LOCK,
    DECLARE,
    FETCH,
    CLOSE,
    CALL,
    EXPLAIN,
    PREPARE,
    EXECUTE,
    DEALLOCATE,
    SET,
    RESET,
    SHOW,
    CANCEL,
    /** Also {@code START}. */
    BEGIN,
    /** Also {@code END}. */
    COMMIT,
    /** Also {@code ABORT}. */
    ROLLBACK,
    /** Anything else, such as Redshift's own texts. */
    OTHER;

    /** The words as in SQL, in lower case: {@code create table as}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
