package io.github.redshiftquerylogs.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** What the handler may do that removes the Lambda's jobs when the stack goes: {@code handlers/jobs}. */
final class JobRemoval {

    private static final String ALL_JOBS = Arns.glue("job/*");

    private JobRemoval() {}

    static List<PolicyStatement> rights() {
        return List.of(
                Allow.of("FindJobs", List.of("glue:GetJobs"), List.of(ALL_JOBS)),
                Allow.of("RemoveJobs", List.of("glue:DeleteJob"), List.of(Arns.JOBS)));
    }

    /** Why a resource is more than one. */
    static Map<String, String> wildcards() {
        return Map.of(
                ALL_JOBS,
                "jobs are listed all, to find ours",
                Arns.JOBS,
                "the jobs of all clusters, by our name pattern");
    }
}
