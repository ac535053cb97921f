package io.github.redshiftquerylogs.sandbox.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The options of a demonstration.
 *
 * @param check whether the lake is compared with the logged rows at the end
 * @param keep whether everything keeps running at the end
 * @param seed of the random choices of the load, of faults and of kills
 * @param kills how many job runs are killed in a network with faults; 0 without both
 * @param exports a folder with own exports to deploy, instead of the examples
 */
public record DemoOptions(boolean check, boolean keep, long seed, int kills, Optional<Path> exports) {}
