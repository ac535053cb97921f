package io.github.redshiftquerylogs.sandbox.demo;

/**
 * What the user wants to see.
 *
 * @param check whether the lake is compared with all that was logged, at the end
 * @param keep whether everything stays running at the end
 * @param seed of the load's random choices
 */
public record DemoOptions(boolean check, boolean keep, long seed) {}
