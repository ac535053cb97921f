package io.github.redshiftquerylogs.sandbox.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.demo.check.CheckReport;
import io.github.redshiftquerylogs.sandbox.demo.tick.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The results of a demonstration, written to {@code summary.json}. Thread-safe. */
final class Summary {

    private final JsonMapper json = JsonMapper.builder().build();
    private final ObjectNode root = json.createObjectNode();

    synchronized void tick(List<RunReport> reports) {
        ArrayNode ticks = root.withArray("ticks");
        ArrayNode tick = ticks.addArray();
        for (RunReport report : reports) {
            ObjectNode entry = tick.addObject()
                    .put("cluster", report.cluster())
                    .put("outcome", report.outcome())
                    .put("run_id", report.runId())
                    .put("state", report.state())
                    .put("detail", report.detail());
            if (!report.summary().isMissingNode()) {
                entry.set("summary", report.summary());
            }
        }
    }

    synchronized void check(CheckReport report) {
        ObjectNode check = root.putObject("check").put("passed", report.passed());
        ArrayNode tables = check.putArray("tables");
        for (CheckReport.TableCheck table : report.tables()) {
            ObjectNode entry = tables.addObject()
                    .put("cluster", table.cluster())
                    .put("table", table.table())
                    .put("rows", table.rows());
            table.problems().forEach(entry.putArray("problems")::add);
        }
    }

    /** Writes the file {@code summary.json}. */
    synchronized void write(Path folder) throws IOException {
        json.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("summary.json").toFile(), root);
    }
}
