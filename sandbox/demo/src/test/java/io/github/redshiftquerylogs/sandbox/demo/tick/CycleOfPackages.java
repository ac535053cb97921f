package io.github.redshiftquerylogs.sandbox.demo.tick;

import io.github.redshiftquerylogs.sandbox.demo.DemoOptions;

/** Uses the root package, which uses this one; the negative control of {@code DemoArchitectureTest}. */
final class CycleOfPackages {

    private CycleOfPackages() {}

    static boolean keeps(DemoOptions options) {
        return options.keep();
    }
}
