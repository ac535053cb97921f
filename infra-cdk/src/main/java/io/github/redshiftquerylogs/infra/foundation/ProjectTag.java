package io.github.redshiftquerylogs.infra.foundation;

/** The tag of all resources of the stack, and of the security group rules that it adds to clusters. */
public final class ProjectTag {

    public static final String KEY = "project";
    /** Also the name of the stack. */
    public static final String VALUE = "redshift-query-logs";

    private ProjectTag() {}
}
