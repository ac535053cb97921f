package io.github.redshiftquerylogs.unload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.failure.UnloadException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The manifest of an UNLOAD ({@code MANIFEST VERBOSE}): the evidence that all rows were written; pure.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html#unload-parameters
 *
 * @param files in the manifest's order
 */
public record UnloadManifest(List<File> files) {

    /** The manifest of an UNLOAD without rows. */
    public static final UnloadManifest NOTHING = new UnloadManifest(List.of());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COUNT = "record_count";

    /**
     * An unloaded file.
     *
     * @param url its URL in S3
     * @param rows its number of rows
     */
    public record File(String url, long rows) implements Serializable {}

    /**
     * Parses a manifest.
     *
     * @param json its text
     * @param location the prefix that the URLs of all its files must have
     * @throws UnloadException if it is not such a manifest, or its numbers contradict each other
     */
    public static UnloadManifest parse(String json, String location) {
        JsonNode manifest;
        try {
            manifest = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw broken(location, "it is no JSON (" + e.getOriginalMessage() + ")");
        }
        List<File> files = new ArrayList<>();
        Set<String> urls = new HashSet<>();
        for (JsonNode entry : manifest.path("entries")) {
            File file = new File(entry.path("url").asText(), count(entry, location));
            if (!file.url().startsWith(location) || !urls.add(file.url())) {
                throw broken(location, "it has the file '" + file.url() + "': expected each once, below the manifest");
            }
            files.add(file);
        }
        UnloadManifest found = new UnloadManifest(List.copyOf(files));
        long total = count(manifest, location);
        if (found.rows() != total) {
            throw broken(location, "its files have " + found.rows() + " rows, it says " + total + " in total");
        }
        return found;
    }

    private static long count(JsonNode node, String location) {
        JsonNode count = node.path("meta").path(COUNT);
        if (!count.canConvertToLong() || count.asLong() < 0) {
            throw broken(
                    location, "it lacks a number of rows: expected meta." + COUNT + ", as MANIFEST VERBOSE writes it");
        }
        return count.asLong();
    }

    private static UnloadException broken(String location, String why) {
        return new UnloadException("the manifest of " + location + " cannot be trusted: " + why);
    }

    /** The number of rows in all files. */
    public long rows() {
        return files.stream().mapToLong(File::rows).sum();
    }

    /**
     * Groups the files for tasks that run side by side, each with about this many rows: a cluster writes one file per
     * slice, however small, and each group becomes at least one file of the lake.
     */
    public List<List<File>> parts(long rowsEach) {
        List<List<File>> parts = new ArrayList<>();
        List<File> part = new ArrayList<>();
        long rows = 0;
        for (File file : files) {
            part.add(file);
            rows += file.rows();
            if (rows >= rowsEach) {
                parts.add(List.copyOf(part));
                part.clear();
                rows = 0;
            }
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return parts;
    }
}
