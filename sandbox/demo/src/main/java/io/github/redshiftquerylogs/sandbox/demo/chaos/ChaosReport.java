package io.github.redshiftquerylogs.sandbox.demo.chaos;

import io.github.redshiftquerylogs.sandbox.aws.faults.Fault;
import io.github.redshiftquerylogs.sandbox.demo.check.Differences;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The figures of a demonstration with faults; pure.
 *
 * @param planned how many runs should be killed
 * @param kills the stages in which runs were killed
 * @param requests requests while the network was disturbed
 * @param faults what they suffered
 * @param failures what failed beside the kills, by what it is, such as {@code runs}
 * @param rows how many rows were compared
 * @param differences what the comparison has found
 */
public record ChaosReport(
        int planned,
        List<Stage> kills,
        long requests,
        Map<Fault.Kind, Long> faults,
        Map<String, Integer> failures,
        long rows,
        Differences differences) {

    public ChaosReport {
        kills = List.copyOf(kills);
        faults = Map.copyOf(faults);
        failures = Map.copyOf(failures);
    }

    /** Whether as many runs were killed as planned. */
    public boolean complete() {
        return kills.size() == planned;
    }

    /** The figures as text, a line each. */
    public String render() {
        String stages = Arrays.stream(Stage.values())
                .map(stage -> count(stage) + " in " + stage)
                .collect(Collectors.joining(", "));
        String kinds = Arrays.stream(Fault.Kind.values())
                .map(kind -> kind + " " + faults.getOrDefault(kind, 0L))
                .collect(Collectors.joining(", "));
        String failed = failures.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(failure -> failure.getValue() + " " + failure.getKey())
                .collect(Collectors.joining(", "));
        return line("kills", "%d of %d: %s".formatted(kills.size(), planned, stages))
                + line(
                        "faults",
                        "%d of %d requests: %s"
                                .formatted(
                                        faults.values().stream()
                                                .mapToLong(Long::longValue)
                                                .sum(),
                                        requests,
                                        kinds))
                + line("failures", "beside the kills: " + failed + "; chaos.log says why")
                + line(
                        "rows",
                        "%d compared: %d lost, %d doubled, %d changed"
                                .formatted(rows, differences.lost(), differences.doubled(), differences.changed()));
    }

    private long count(Stage stage) {
        return kills.stream().filter(stage::equals).count();
    }

    private static String line(String what, String text) {
        return String.format(Locale.ROOT, "  %-10s%s%n", what, text);
    }
}
