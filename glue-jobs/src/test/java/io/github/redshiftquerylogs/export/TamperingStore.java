package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.sandbox.unload.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** S3 as a cluster unloads to it, where something goes wrong on the way. */
final class TamperingStore implements ObjectStore {

    private static final String MANIFEST = "manifest";

    private final ObjectStore store;
    private volatile Tampering tampering = Tampering.NONE;
    private volatile byte[] firstFile = {};

    TamperingStore(ObjectStore store) {
        this.store = store;
    }

    /** A fault. */
    enum Tampering {
        NONE(""),
        FILE_IS_MISSING("does not exist: expected it, because its manifest lists it"),
        FILE_HAS_OTHER_ROWS("rows: expected "),
        MANIFEST_HAS_OTHER_COUNT_OF_FILE("it says "),
        MANIFEST_HAS_OTHER_TOTAL("it says "),
        MANIFEST_HAS_NO_COUNTS("expected meta.record_count, as MANIFEST VERBOSE writes it"),
        MANIFEST_IS_CUT("it is no JSON"),
        MANIFEST_HAS_A_FILE_TWICE("expected each once, below the manifest"),
        MANIFEST_HAS_A_FILE_OF_OTHERS("expected each once, below the manifest"),
        MANIFEST_IS_MISSING("there is no manifest in "),
        NOTHING_ARRIVES("but the cluster has rows of "),
        /** Harmless: only what the manifest has is read. */
        ANOTHER_FILE_IS_THERE("");

        /** Part of the error's text. */
        final String noticed;

        Tampering(String noticed) {
            this.noticed = noticed;
        }
    }

    void tamper(Tampering next) {
        tampering = next;
    }

    @Override
    public boolean holdsAny(String bucket, String keyPrefix) throws IOException {
        return store.holdsAny(bucket, keyPrefix);
    }

    @Override
    public void put(String bucket, String key, Path content) throws IOException {
        boolean first = key.endsWith("0000_part_00.parquet");
        boolean manifest = key.endsWith("/" + MANIFEST);
        String folder = key.substring(0, key.lastIndexOf('/') + 1);
        switch (tampering) {
            case FILE_IS_MISSING -> {
                if (!first) {
                    store.put(bucket, key, content);
                }
            }
            // a file is another one, which has other rows: the manifest is written last
            case FILE_HAS_OTHER_ROWS -> {
                if (first) {
                    firstFile = Files.readAllBytes(content);
                }
                if (key.endsWith("0001_part_00.parquet")) {
                    Files.write(content, firstFile);
                }
                store.put(bucket, key, content);
            }
            case ANOTHER_FILE_IS_THERE -> {
                store.put(bucket, key, content);
                if (first) {
                    store.put(bucket, folder + "0009_part_00.parquet", content);
                }
            }
            case MANIFEST_IS_MISSING -> {
                if (!manifest) {
                    store.put(bucket, key, content);
                }
            }
            case NOTHING_ARRIVES -> {}
            default -> {
                if (manifest) {
                    Files.writeString(content, changed(Files.readString(content)));
                }
                store.put(bucket, key, content);
            }
        }
    }

    private String changed(String manifest) {
        String count = "\"record_count\"\\s*:\\s*(\\d+)";
        int last = manifest.lastIndexOf("\"record_count\"");
        return switch (tampering) {
            case MANIFEST_HAS_OTHER_COUNT_OF_FILE -> manifest.replaceFirst(count, "\"record_count\": 1$1");
            case MANIFEST_HAS_OTHER_TOTAL ->
                manifest.substring(0, last) + manifest.substring(last).replaceFirst(count, "\"record_count\": 1$1");
            case MANIFEST_HAS_NO_COUNTS -> manifest.replace("record_count", "records");
            case MANIFEST_IS_CUT -> manifest.substring(0, manifest.length() / 2);
            case MANIFEST_HAS_A_FILE_TWICE -> manifest.replace("0001_part_00", "0000_part_00");
            case MANIFEST_HAS_A_FILE_OF_OTHERS -> manifest.replaceFirst("s3://[^/]+/", "s3://elsewhere/");
            default -> manifest;
        };
    }
}
