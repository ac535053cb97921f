package io.github.redshiftquerylogs.sandbox.unload;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** An object store on folders, one for each bucket that was created. */
public record FolderStore(Path root) implements ObjectStore {

    /** Creates a bucket. */
    public FolderStore withBucket(String bucket) throws IOException {
        Files.createDirectories(root.resolve(bucket));
        return this;
    }

    @Override
    public boolean holdsAny(String bucket, String keyPrefix) throws IOException {
        return keys(bucket).stream().anyMatch(key -> key.startsWith(keyPrefix));
    }

    @Override
    public void put(String bucket, String key, Path content) throws IOException {
        Path file = root.resolve(bucket).resolve(key);
        Files.createDirectories(file.getParent());
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** All keys of a bucket, sorted. */
    public List<String> keys(String bucket) throws IOException {
        Path folder = root.resolve(bucket);
        if (!Files.isDirectory(folder)) {
            throw new FileNotFoundException("The specified bucket does not exist: " + bucket);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** The file of an object. */
    public Path file(String bucket, String key) {
        return root.resolve(bucket).resolve(key);
    }
}
