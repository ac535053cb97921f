package io.github.redshiftquerylogs.infra.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.infra.NeedsNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@NeedsNode
class AllowTest {

    @Test
    void aWildcardNeedsAReasonAndNothingElseHasOne() {
        assertThatThrownBy(() -> Target.of("arn:aws:glue:::job/*"))
                .hasMessageStartingWith("arn:aws:glue:::job/*: expected a reason");
        assertThatThrownBy(() -> new Target("arn:aws:glue:::job/a", Optional.of("one job")))
                .hasMessageStartingWith("arn:aws:glue:::job/a: expected a reason");
    }

    @Test
    void reasonsAreThoseOfTheStatements() {
        Target jobs = Target.wildcard("jobs/*", "all jobs");
        List<Allow> rights = List.of(
                Allow.of("Find", List.of("glue:GetJobs"), List.of(jobs, Target.of("catalog"))),
                Allow.of("Remove", List.of("glue:DeleteJob"), List.of(jobs)),
                Allow.of("Look", List.of("ec2:DescribeSubnets"), List.of(Target.all("subnets"))),
                Allow.of("Trace", List.of("xray:PutTraceSegments"), List.of(Target.all("traces"))));

        assertThat(Allow.reasons(rights)).isEqualTo(Map.of("jobs/*", "all jobs", "*", "subnets; traces"));
    }
}
