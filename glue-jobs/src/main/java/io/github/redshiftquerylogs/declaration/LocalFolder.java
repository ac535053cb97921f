package io.github.redshiftquerylogs.declaration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of this machine.
 *
 * @param folder its path
 */
public record LocalFolder(Path folder) implements DeclarationFolder {

    @Override
    public SortedMap<String, Long> files() throws IOException {
        SortedMap<String, Long> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.size(file));
            }
        }
        return files;
    }

    @Override
    public byte[] content(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }
}
