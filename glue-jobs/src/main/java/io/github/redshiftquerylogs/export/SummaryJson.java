package io.github.redshiftquerylogs.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.redshiftquerylogs.watermark.Backfill;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a run's summary: properties in the order of the components, in snake case. Times are ISO-8601 in UTC,
 * durations are seconds; what is null, and notes where there are none, are left out.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record SummaryJson(
        String cluster,
        String runId,
        String status,
        String startedAt,
        String finishedAt,
        @Nullable String sourceIdentity,
        @Nullable String sourceClock,
        @Nullable String to,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes,
        @Nullable String error,
        List<Table> tables) {

    private static final ObjectMapper JSON = new JsonMapper();

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BackfillJson(
            String from, String to, String since, @Nullable String doneAt) {

        static BackfillJson of(Backfill backfill) {
            return new BackfillJson(
                    backfill.from().toString(),
                    backfill.to().toString(),
                    backfill.since().toString(),
                    backfill.doneAt().map(Instant::toString).orElse(null));
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Table(
            String table,
            @Nullable String origin,
            @Nullable String from,
            @Nullable String readUpTo,
            int windows,
            int unloaded,
            long rows,
            int attempts,
            double seconds,
            boolean complete,
            @Nullable BackfillJson backfill,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes,
            @Nullable String state,
            @Nullable String reason,
            @Nullable String error) {

        static Table of(TableSummary summary) {
            TableCounts counts = summary.counts();
            return new Table(
                    summary.table(),
                    summary.origin().orElse(null),
                    text(summary.from()),
                    text(summary.readUpTo()),
                    counts.windows(),
                    counts.unloaded(),
                    counts.rows(),
                    counts.attempts(),
                    summary.time().toMillis() / 1000.0,
                    summary.complete(),
                    summary.backfill().map(BackfillJson::of).orElse(null),
                    summary.notes(),
                    summary.unavailable().map(why -> why.state().text()).orElse(null),
                    summary.unavailable().map(Unavailable::reason).orElse(null),
                    summary.error().orElse(null));
        }
    }

    static SummaryJson of(RunSummary summary) {
        Optional<SourceInfo> source = summary.source();
        return new SummaryJson(
                summary.cluster(),
                summary.runId(),
                summary.status().text(),
                summary.startedAt().toString(),
                summary.finishedAt().toString(),
                source.map(SourceInfo::identity).orElse(null),
                text(source.map(SourceInfo::clock)),
                text(source.map(SourceInfo::runUpperBound)),
                source.map(SourceInfo::notes).orElse(List.of()),
                summary.error().orElse(null),
                summary.tables().stream().map(Table::of).toList());
    }

    private static @Nullable String text(Optional<LocalDateTime> time) {
        return time.map(LocalDateTime::toString).orElse(null);
    }

    /** One line. */
    String write() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a summary as JSON", e);
        }
    }
}
