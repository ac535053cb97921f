package io.github.redshiftquerylogs.lake;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * The storage of a table, of which deletions wait until it is known whether a commit happened: Iceberg deletes the files of a
 * commit that it believes to have failed. A copy that travels to a Spark task is the storage itself, because what a task deletes
 * is what it has not handed over.
 */
final class HeldDeletions implements FileIO {

    private static final long serialVersionUID = 1;

    private final FileIO io;
    private final transient Queue<String> held = new ConcurrentLinkedQueue<>();

    HeldDeletions(FileIO io) {
        this.io = io;
    }

    /** The files that were to be deleted. */
    List<String> held() {
        return List.copyOf(held);
    }

    @Override
    public void deleteFile(String location) {
        held.add(location);
    }

    @Override
    public InputFile newInputFile(String location) {
        return io.newInputFile(location);
    }

    @Override
    public InputFile newInputFile(String location, long length) {
        return io.newInputFile(location, length);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return io.newOutputFile(location);
    }

    @Override
    public Map<String, String> properties() {
        return io.properties();
    }

    private Object writeReplace() {
        return io;
    }
}
