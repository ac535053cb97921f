package io.github.redshiftquerylogs.infra.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.redshiftquerylogs.infra.options.Options;
import io.github.redshiftquerylogs.infra.options.OptionsParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MonthlyCostTest {

    private static final Options STANDARD = OptionsParser.parse(Map.of());
    private static final int TABLES = exportedTables();

    @Test
    void aRunIsAMinuteOfTwoDpu() {
        // 2 DPU × 1/60 h × $0.44 = $0.014667; 720 runs hourly, 8640 every five minutes
        assertThat(glue(1, 60, STANDARD)).isCloseTo(10.56, within(0.01));
        assertThat(glue(1, 5, STANDARD)).isCloseTo(126.72, within(0.01));
    }

    @Test
    void moreClustersAndBiggerWorkersCostMore() {
        assertThat(glue(40, 60, STANDARD)).isCloseTo(40 * 10.56, within(0.01));
        assertThat(glue(1, 60, OptionsParser.parse(Map.of("glueWorkers", "4", "glueWorkerType", "G.2X"))))
                .isCloseTo(4 * 10.56, within(0.01));
    }

    @Test
    void workersWithMoreMemoryAreBilledByAnotherUnit() {
        Options memory = OptionsParser.parse(Map.of("glueWorkerType", "R.2X"));

        // 720 runs × 2 workers × 2 M-DPU × 1/60 h × $0.52
        assertThat(glue(1, 60, memory)).isCloseTo(24.96, within(0.01));
        assertThat(MonthlyCost.describe(memory, TABLES))
                .contains("Workers of type R.2X are billed at $0.52 per M-DPU-hour instead of $0.44 per DPU-hour.");
        assertThat(MonthlyCost.describe(STANDARD, TABLES)).noneMatch(line -> line.contains("M-DPU"));
    }

    @Test
    void whatStandsWithoutAnyRunIsCounted() {
        MonthlyCost idle = MonthlyCost.of(0, Duration.ofHours(1), STANDARD, TABLES);

        assertThat(idle.glue() + idle.requests()).isZero();
        assertThat(idle.key()).isEqualTo(1);
        // seven metrics, five alarms, a dashboard
        assertThat(idle.monitoring()).isCloseTo(2.10 + 0.50 + 3.00, within(0.001));
        // 8640 ticks of 3 GB-seconds
        assertThat(idle.lambda()).isCloseTo(0.347, within(0.001));
        assertThat(idle.endpoints()).isZero();
    }

    @Test
    void endpointsCostOnlyWhereTheStackMakesThem() {
        Map<String, String> network = Map.of("vpc", "vpc-0abc1234", "subnets", "subnet-0abc1234,subnet-0abc1235");
        Options given = OptionsParser.parse(network);
        Options made = OptionsParser.parse(
                Map.of("vpc", "vpc-0abc1234", "subnets", "subnet-0abc1234,subnet-0abc1235", "endpoints", "create"));

        assertThat(MonthlyCost.of(1, Duration.ofHours(1), given, TABLES).endpoints())
                .isZero();
        // 720 h × 7 services × 2 subnets × $0.01
        assertThat(MonthlyCost.of(1, Duration.ofHours(1), made, TABLES).endpoints())
                .isCloseTo(100.80, within(0.01));
        assertThat(MonthlyCost.describe(made, TABLES)).anyMatch(line -> line.contains("endpoints=create: $101"));
        assertThat(MonthlyCost.describe(given, TABLES)).noneMatch(line -> line.contains("endpoints=create"));
    }

    @Test
    void theNumberOfClustersThatIsGivenIsDescribed() {
        List<String> lines = MonthlyCost.describe(OptionsParser.parse(Map.of("clusters", "a,b,c")), TABLES);

        assertThat(lines).first().asString().contains("October 2026", "us-east-1");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("3 clusters:", "every 60 min $", "every 5 min $"));
    }

    @Test
    void oneClusterOrNoneIsDescribedByExamplesAndMoreByTheirNumberAndItsDouble() {
        assertThat(described("")).containsExactly(1, 10, 40);
        assertThat(described("a")).containsExactly(1, 10, 40);
        assertThat(described("a,b")).containsExactly(2, 4);
        assertThat(described("a,b,c")).containsExactly(3, 6);
    }

    private static List<Integer> described(String clusters) {
        return MonthlyCost.describe(OptionsParser.parse(Map.of("clusters", clusters)), TABLES).stream()
                .map(line -> line.strip().split(" ", 2))
                .filter(words -> words.length == 2 && words[1].startsWith("cluster"))
                .map(words -> Integer.parseInt(words[0]))
                .toList();
    }

    @Test
    void totalIsTheSumOfAllParts() {
        MonthlyCost cost = MonthlyCost.of(
                3,
                Duration.ofHours(1),
                OptionsParser.parse(Map.of(
                        "vpc", "vpc-0abc1234", "subnets", "subnet-0abc1234,subnet-0abc1235", "endpoints", "create")),
                TABLES);

        assertThat(List.of(
                        cost.glue(), cost.requests(), cost.lambda(), cost.monitoring(), cost.key(), cost.endpoints()))
                .allSatisfy(part -> assertThat(part).isPositive());
        assertThat(cost.total())
                .isCloseTo(
                        cost.glue()
                                + cost.requests()
                                + cost.lambda()
                                + cost.monitoring()
                                + cost.key()
                                + cost.endpoints(),
                        within(1e-9));
    }

    @Test
    void thatTheDeletionOfOrphanFilesIsNotInItIsSaidWhereThereIsOne() {
        String hint = "Not included: Glue's deletion of orphan files, billed by use at $0.44 per DPU-hour";

        assertThat(MonthlyCost.describe(STANDARD, TABLES))
                .anySatisfy(line -> assertThat(line).startsWith(hint));
        assertThat(MonthlyCost.describe(OptionsParser.parse(Map.of("tableOptimizers", "false")), TABLES))
                .noneSatisfy(line -> assertThat(line).contains("orphan"));
    }

    @Test
    void theTableOfTheReadmeIsWhatIsComputed() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (int clusters : List.of(1, 10, 40)) {
            String cells = Stream.of(60, 15, 5)
                    .map(minutes -> String.format(
                            Locale.ROOT,
                            "$%,.0f",
                            MonthlyCost.of(clusters, Duration.ofMinutes(minutes), STANDARD, TABLES)
                                    .total()))
                    .collect(Collectors.joining(" | "));
            assertThat(readme)
                    .contains("| " + clusters + (clusters == 1 ? " cluster | " : " clusters | ") + cells + " |");
        }
    }

    @Test
    void eachTableCostsItsRequests() {
        // 720 runs of 4 requests at $0.005 per thousand
        assertThat(MonthlyCost.of(1, Duration.ofHours(1), STANDARD, 1).requests())
                .isCloseTo(0.0144, within(0.0001));
        assertThat(MonthlyCost.of(1, Duration.ofHours(1), STANDARD, 9).requests())
                .isCloseTo(9 * 0.0144, within(0.0001));
    }

    private static int exportedTables() {
        try (Stream<Path> files = Files.list(Path.of("../glue-jobs/src/main/resources/declarations"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double glue(int clusters, int minutes, Options options) {
        return MonthlyCost.of(clusters, Duration.ofMinutes(minutes), options, TABLES)
                .glue();
    }
}
