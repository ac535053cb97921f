package io.github.redshiftquerylogs.infra.options;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Glue's types of workers that Spark jobs take, and how many DPU each has. https://docs.aws.amazon.com/glue/latest/dg/worker-types.html
 */
public final class WorkerTypes {

    /** The smallest. */
    static final String DEFAULT = "G.1X";

    private static final Map<String, Integer> DPU =
            Map.of(DEFAULT, 1, "G.2X", 2, "G.4X", 4, "G.8X", 8, "R.1X", 1, "R.2X", 2, "R.4X", 4, "R.8X", 8);

    private WorkerTypes() {}

    static List<String> all() {
        return DPU.keySet().stream().sorted().toList();
    }

    /**
     * How many DPU a worker has.
     *
     * @throws NullPointerException if there is no such type
     */
    public static int dpu(String type) {
        return Objects.requireNonNull(DPU.get(type), type);
    }
}
