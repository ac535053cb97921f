package io.github.redshiftquerylogs.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The packages of {@code package-lock.json}. */
public final class NodeModules {

    private NodeModules() {}

    /**
     * Installs them with npm, unless they are installed.
     *
     * @throws IllegalStateException if npm fails; the message contains its output
     */
    public static synchronized void install() throws IOException, InterruptedException {
        Path wanted = Path.of("package-lock.json");
        Path installed = Path.of("node_modules/.package-lock.json");
        if (Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0) {
            return;
        }
        Path log = Path.of("target/npm-ci.log");
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IllegalStateException("npm ci failed: " + Files.readString(log));
        }
    }
}
