package io.github.redshiftquerylogs.sandbox.redshift;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The system tables of the first release, with the columns that the documentation of Redshift lists ({@code
 * columns/*.tsv}).
 *
 * <p>Deliberately not the exporter's declarations: what is compared must not be derived from what is checked.
 */
public final class SourceCatalog {

    private static final List<String> NAMES = List.of(
            "stl_alert_event_log",
            "stl_ddltext",
            "stl_explain",
            "stl_query",
            "stl_querytext",
            "stl_scan",
            "stl_utilitytext",
            "stl_wlm_query");

    private SourceCatalog() {}

    /** The tables of a cluster of this patch level, by name. */
    public static List<SourceTable> tables(Patch patch) {
        return NAMES.stream().map(name -> table(name, patch)).toList();
    }

    /**
     * One table of a cluster of this patch level.
     *
     * @throws IllegalArgumentException if it is not in the catalogue
     */
    public static SourceTable table(String name, Patch patch) {
        List<SourceColumn> columns = read(name).stream()
                .filter(column -> patch == Patch.NEWER || !column.added())
                .toList();
        return new SourceTable(name, columns);
    }

    private static List<SourceColumn> read(String name) {
        String resource = "/columns/" + name + ".tsv";
        try (InputStream in = SourceCatalog.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no table '" + name + "' in the catalogue");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1) // the heading
                    .map(line -> line.split("\t", -1))
                    .map(cells -> SourceColumn.parse(cells[0], cells[1], cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
