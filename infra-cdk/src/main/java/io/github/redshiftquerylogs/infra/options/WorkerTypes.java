package io.github.redshiftquerylogs.infra.options;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Glue's worker types for Spark jobs, and the DPUs of each; M-DPUs, which have another price, for the R types.
 * https://docs.aws.amazon.com/glue/latest/dg/worker-types.html
 */
public final class WorkerTypes {

    /** The smallest type. */
    static final String DEFAULT = "G.1X";

    private static final Map<String, Integer> DPU =
            Map.of(DEFAULT, 1, "G.2X", 2, "G.4X", 4, "G.8X", 8, "R.1X", 1, "R.2X", 2, "R.4X", 4, "R.8X", 8);

    private WorkerTypes() {}

    static List<String> all() {
        return DPU.keySet().stream().sorted().toList();
    }

    /** Whether a worker has more memory than usual, and is billed by the M-DPU. */
    public static boolean ofMemory(String type) {
        return type.startsWith("R.");
    }

    /**
     * The DPUs or M-DPUs of a worker.
     *
     * @throws NullPointerException if the type is unknown
     */
    public static int dpu(String type) {
        return Objects.requireNonNull(DPU.get(type), type);
    }
}
