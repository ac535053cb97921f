package io.github.redshiftquerylogs.sandbox.aws.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The output of a child process, which may still be written while it is read. */
public final class LogFile {

    private static final int TAIL = 30;

    private LogFile() {}

    public static String read(Path log) {
        try {
            // bytes that are not UTF-8 become replacement characters instead of an exception
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    public static List<String> lines(Path log) {
        return read(log).lines().toList();
    }

    static String tail(Path log) {
        List<String> lines = lines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }
}
