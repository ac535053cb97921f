package io.github.redshiftquerylogs.infra.job;

import io.github.redshiftquerylogs.infra.rights.Allow;
import io.github.redshiftquerylogs.infra.rights.Arns;
import io.github.redshiftquerylogs.infra.rights.Target;
import java.util.List;

/** Permissions of the handler that deletes the Lambda's jobs when the stack is deleted: {@code handlers/jobs}. */
public final class JobRemoval {

    private JobRemoval() {}

    /** Allows the handler to list all jobs and to delete ours. */
    public static List<Allow> rights() {
        return List.of(
                Allow.of(
                        "FindJobs",
                        List.of("glue:GetJobs"),
                        List.of(Target.all("listing jobs does not support resource-level permissions"))),
                Allow.of(
                        "RemoveJobs",
                        List.of("glue:DeleteJob"),
                        List.of(Target.wildcard(Arns.JOBS, "the jobs of all clusters, by our name pattern"))));
    }
}
