package io.github.redshiftquerylogs.sandbox.aws.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.aws.faults.Fault.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final int REQUESTS = 20_000;

    private static List<Optional<Fault>> faults(long seed, String service, String operation) {
        FaultPlan plan = new FaultPlan(seed);
        return IntStream.range(0, REQUESTS)
                .mapToObj(number -> plan.fault(service, operation, number))
                .toList();
    }

    private static Map<Kind, Integer> counts(List<Optional<Fault>> faults) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        faults.forEach(fault -> fault.ifPresent(found -> counts.merge(found.kind(), 1, Integer::sum)));
        return counts;
    }

    @Test
    void sameSeedHasTheSameFaultsAndOthersHaveOthers() {
        List<Optional<Fault>> plan = faults(1, "s3", "PUT");

        assertThat(faults(1, "s3", "PUT")).isEqualTo(plan);
        assertThat(faults(2, "s3", "PUT")).isNotEqualTo(plan);
        assertThat(faults(1, "glue", "UpdateTable")).isNotEqualTo(plan);
        assertThat(faults(2, "s3", "PUT").subList(0, REQUESTS - 1))
                .as("the next seed is not the same plan a request later")
                .isNotEqualTo(plan.subList(1, REQUESTS));
    }

    @Test
    void eachKindOccursAndRepliesOfChangesAreLostMoreOften() {
        Map<Kind, Integer> changes = counts(faults(7, "glue", "UpdateTable"));
        Map<Kind, Integer> reads = counts(faults(7, "glue", "GetTable"));

        assertThat(changes.keySet()).containsExactlyInAnyOrder(Kind.values());
        assertThat(changes.get(Kind.LOST_REPLY)).isBetween(500, 700);
        assertThat(reads.get(Kind.LOST_REPLY)).isBetween(40, 80);
        assertThat(reads.values().stream().mapToInt(Integer::intValue).sum())
                .as("of %s requests", REQUESTS)
                .isBetween(800, 1200);
    }

    @Test
    void outageFailsMoreRequestsInARowThanAClientTries() {
        List<Boolean> failing = faults(7, "dynamodb", "GetItem").stream()
                .map(fault -> fault.filter(what -> what.kind() == Kind.SERVER_ERROR || what.kind() == Kind.RESET)
                        .isPresent())
                .toList();

        assertThat(Collections.indexOfSubList(failing, Collections.nCopies(16, true)))
                .isNotNegative();
    }

    @Test
    void onlyLatencyTakesTime() {
        assertThat(faults(7, "ssm", "GetParameters").stream().flatMap(Optional::stream))
                .allSatisfy(fault -> assertThat(fault.delay().toMillis())
                        .isBetween(
                                fault.kind() == Kind.LATENCY ? 100L : 0L, fault.kind() == Kind.LATENCY ? 1500L : 0L));
    }

    @Test
    void operationsThatReadAreToldFromThoseThatChange() {
        assertThat(List.of("GET", "HEAD", "GetItem", "BatchGetItem", "ListStatements", "DescribeClusters", "Query"))
                .noneMatch(FaultPlan::changes);
        assertThat(List.of("PUT", "POST", "DELETE", "UpdateTable", "PutItem", "StartJobRun", "BatchExecuteStatement"))
                .allMatch(FaultPlan::changes);
    }
}
