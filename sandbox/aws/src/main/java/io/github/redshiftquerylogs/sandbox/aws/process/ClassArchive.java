package io.github.redshiftquerylogs.sandbox.aws.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive of loaded classes (class data sharing, CDS). A JVM with the same class path maps the archive instead of
 * reading, verifying and linking the classes again.
 *
 * <p>The archive is recorded once, by a JVM that loads the classes and ends. It lies in a {@code target} folder. Its name
 * depends on the JVM and on path, size and time of each jar, so that a changed class path has an archive of its own.
 */
public final class ClassArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final Duration LONGEST_RECORDING = Duration.ofMinutes(3);

    private final Path folder;
    private final Path archive;
    private final Path failure;

    /**
     * Names an archive without recording it.
     *
     * @param folder for the archive and the log of its recording
     * @param classPath jars only; a JVM archives nothing if there is a folder among them
     */
    public ClassArchive(Path folder, String classPath) {
        String key = key(classPath);
        this.folder = folder;
        this.archive = folder.resolve("classes-" + key + ".jsa");
        this.failure = folder.resolve("classes-" + key + ".failed");
    }

    private static String key(String classPath) {
        StringBuilder description = new StringBuilder()
                .append(System.getProperty("java.home"))
                .append(System.getProperty("java.vm.version"));
        for (String element : classPath.split(File.pathSeparator, -1)) {
            try {
                BasicFileAttributes file = Files.readAttributes(Path.of(element), BasicFileAttributes.class);
                description.append(element).append(file.size()).append(file.lastModifiedTime());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look up " + element + " of the class path", e);
            }
        }
        return UUID.nameUUIDFromBytes(description.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * The archive. If there is none yet, this call records it, which takes about half a minute.
     *
     * @param warmUp the command that loads the classes and ends, given a folder for its files
     * @return the archive; empty if the recording failed, now or earlier, or if another thread or process is recording
     */
    public Optional<Path> get(Function<Path, JavaCommand> warmUp) {
        if (Files.exists(archive)) {
            return Optional.of(archive);
        }
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                @Nullable FileLock lock = channel.tryLock()) {
            if (lock != null && !Files.exists(archive) && !Files.exists(failure)) {
                record(warmUp);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("another thread records {}", archive);
        } catch (IOException e) {
            LOG.warn("{} cannot be recorded", archive, e);
        }
        return Optional.of(archive).filter(Files::exists);
    }

    private void record(Function<Path, JavaCommand> warmUp) throws IOException {
        deleteOlder();
        Path log = folder.resolve("classes.log");
        Path temporary = Files.createTempDirectory(folder, "classes-");
        Path part = temporary.resolve("classes.jsa");
        try {
            Process process = new ProcessBuilder(warmUp.apply(temporary).toRecordingLine(temporary, part))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (endsWell(process) && Files.exists(part)) {
                Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.createFile(failure);
                LOG.warn("no archive of classes was recorded, JVMs start without one; see {}", log);
            }
        } finally {
            Folders.deleteWithContents(temporary);
        }
    }

    private static boolean endsWell(Process process) {
        try {
            return process.waitFor(LONGEST_RECORDING.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    /** An archive has some hundred MB; those of earlier class paths are not used again. */
    private void deleteOlder() throws IOException {
        try (DirectoryStream<Path> older = Files.newDirectoryStream(folder, "classes-*.{jsa,failed}")) {
            for (Path file : older) {
                Files.delete(file);
            }
        }
    }
}
