package io.github.redshiftquerylogs.news;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.OwnExport;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.window.Window;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewsQuestionTest {

    private static final LocalDateTime FROM = LocalDateTime.parse("2026-11-18T22:00:00");
    private static final LocalDateTime TO = FROM.plusMinutes(10);
    private static final LocalDateTime EARLIER = FROM.minusHours(1);

    private final FakeCluster cluster = new FakeCluster(TO);
    private final List<String> asked = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void listen() {
        cluster.interfere(asked::add);
    }

    private static ExportDeclaration declaration(String name) {
        return FakeCluster.declaration(name, FakeCluster.sql(name));
    }

    private static Unread unread(ExportDeclaration declaration, LocalDateTime... newest) {
        return new Unread(declaration, new Window(FROM, TO), Stream.of(newest).findFirst());
    }

    private static Unread unread(String name, LocalDateTime... newest) {
        return unread(declaration(name), newest);
    }

    private Map<String, News> ask(Unread... logs) {
        return new NewsQuestion(cluster, notes::add).ask(List.of(logs));
    }

    private static News none(boolean proven) {
        return new News(new Window(FROM, TO), TO, proven);
    }

    private static News since(LocalDateTime first) {
        return new News(new Window(FROM, TO), first.minusNanos(1_000), true);
    }

    @Test
    void oneStatementAsksAllLogs() {
        cluster.add("busy", FROM.plusMinutes(3), 1);
        cluster.add("busy", FROM.plusMinutes(4), 2);
        cluster.add("quiet", EARLIER, 3);
        assertThat(ask(unread("busy"), unread("quiet", EARLIER)))
                .isEqualTo(Map.of("busy", since(FROM.plusMinutes(3)), "quiet", none(true)));
        assertThat(asked).hasSize(1);
        assertThat(notes).isEmpty();
    }

    @Test
    void rowsOnTheBoundsBelongToTheWindowOnlyAtItsEnd() {
        cluster.add("start", FROM, 1);
        cluster.add("end", TO, 2);
        Map<String, News> news = ask(unread("start", FROM), unread("end"));
        assertThat(news).isEqualTo(Map.of("start", none(true), "end", since(TO)));
        assertThat(since(TO).none()).isFalse();
        assertThat(none(true).none()).isTrue();
    }

    @Test
    void logWithoutNewestRowIsNotProvenByAnIdleCluster() {
        assertThat(ask(unread("never"), unread("gone", EARLIER)))
                .isEqualTo(Map.of("never", none(false), "gone", none(false)));
        assertThat(asked).as("nothing would be gained by asking again").hasSize(1);
    }

    @Test
    void rowsOfAnotherLogInThatTimeProveIfTheyAreShownTwice() {
        cluster.add("busy", FROM.plusMinutes(3), 1);
        assertThat(ask(unread("never"), unread("busy"), unread("gone", EARLIER)))
                .containsEntry("never", none(true))
                .containsEntry("gone", none(true));
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).contains("from never", "from busy");
    }

    @Test
    void rowsOfAnotherTimeProveNothing() {
        Unread ahead = new Unread(declaration("ahead"), new Window(FROM, TO.plusMinutes(5)), Optional.empty());
        cluster.add("ahead", TO.plusMinutes(2), 1);
        assertThat(ask(unread("never"), ahead)).containsEntry("never", none(false));
    }

    @Test
    void rowsOfChildrenAndOfUsersLogsProveNothingAboutOthers() {
        ExportDeclaration child = Declarations.parse("""
            name: child
            set: core
            log_time_rule: query_end
            parent: id
            key: [id]
            reread: true
            sql: %s
            columns: [{name: id, type: integer}]
            """.formatted(FakeCluster.sql("child")), "child");
        cluster.add("child", FROM.plusMinutes(1), 1);
        cluster.add("orders", FROM.plusMinutes(1), 2);
        assertThat(ask(unread("never"), unread(child), unread(ofUser("orders"))))
                .isEqualTo(Map.of(
                        "never", none(false),
                        "child", since(FROM.plusMinutes(1)),
                        "orders", since(FROM.plusMinutes(1))));
    }

    private static ExportDeclaration ofUser(String name) {
        ExportDeclaration log = declaration(name);
        return new ExportDeclaration(
                log.name(),
                log.set(),
                log.grants(),
                log.sql(),
                log.logTimeRule(),
                log.parent(),
                log.undated(),
                log.heldBack(),
                log.settle(),
                log.snapshot(),
                log.key(),
                log.columns(),
                log.derived(),
                log.reread(),
                Optional.of(new OwnExport(Optional.empty(), List.of())));
    }

    /**
     * The cluster begins or ceases to show its rows at some point, also within a statement. Whatever it answers, a log that has
     * a row is never proven to have none. The control: the first answer alone would prove it.
     */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void clusterThatBeginsOrCeasesToShowItsRowsProvesNothingWrong(boolean begins, boolean busyFirst) {
        cluster.add("busy", FROM.plusMinutes(3), 1);
        cluster.add("log", FROM.plusMinutes(5), 2);
        Unread[] logs =
                busyFirst ? new Unread[] {unread("busy"), unread("log")} : new Unread[] {unread("log"), unread("busy")};
        List<Integer> asMisleading = new ArrayList<>();
        for (int change = 0; change <= 4; change++) {
            int at = change;
            int[] parts = {0};
            asked.clear();
            cluster.interfereInParts(() -> cluster.shows(parts[0]++ >= at == begins));
            News news = ask(logs).getOrDefault("log", none(false));
            assertThat(news.none() && news.proven()).as("at part " + at).isFalse();
            // the log is asked again, with busy as witness, only if the first answer shows rows of busy and none of the
            // log
            if (asked.size() == 2
                    && asked.get(1).indexOf("from log ") < asked.get(1).indexOf("from busy ")) {
                asMisleading.add(at);
            }
        }
        assertThat(asMisleading).hasSize(begins == busyFirst ? 0 : 1);
    }

    @Test
    void rowsThatAppearBeforeTheSecondAnswerAreNews() {
        cluster.add("busy", FROM.plusMinutes(3), 1);
        cluster.interfere(sql -> {
            asked.add(sql);
            if (asked.size() == 2) {
                cluster.add("late", FROM.plusMinutes(5), 2);
            }
        });
        assertThat(ask(unread("late"), unread("busy"))).containsEntry("late", since(FROM.plusMinutes(5)));
    }

    private FakeCluster.Interference failing(String table, String state, boolean ofStatement) {
        return sql -> {
            asked.add(sql);
            if (sql.contains("from " + table + " ")) {
                throw SourceException.ofReply(FailureCategory.SOURCE, "no " + table, state, ofStatement, "no");
            }
        };
    }

    @Test
    void logThatIsRefusedHidesNoOther() {
        cluster.interfere(failing("refused", "42501", true));
        cluster.add("busy", FROM.plusMinutes(3), 1);
        cluster.add("quiet", EARLIER, 2);
        assertThat(ask(unread("busy"), unread("refused"), unread("quiet", EARLIER)))
                .isEqualTo(Map.of("busy", since(FROM.plusMinutes(3)), "quiet", none(true)));
        assertThat(notes).containsExactly("which logs have new rows is asked for each one alone: no refused");
    }

    @Test
    void questionThatTimesOutTellsNothingAndIsNotRepeated() {
        cluster.interfere(failing("slow", "57014", false));
        assertThat(ask(unread("busy"), unread("slow"))).isEmpty();
        assertThat(asked).hasSize(1);
        assertThat(notes).containsExactly("which logs have new rows is unknown, so that each is read: no slow");
    }

    /** The second answer is missing: what the first one said stays unproven. */
    @Test
    void secondQuestionThatTimesOutProvesNothing() {
        cluster.add("busy", FROM.plusMinutes(3), 1);
        cluster.interfere(sql -> {
            asked.add(sql);
            if (asked.size() == 2) {
                throw SourceException.ofReply(FailureCategory.SOURCE, "timeout", "57014", false, "timeout");
            }
        });
        assertThat(ask(unread("never"), unread("busy")))
                .isEqualTo(Map.of("never", none(false), "busy", since(FROM.plusMinutes(3))));
    }

    @Test
    void wrongDeclarationIsLeftToItsOwnExport() {
        ExportDeclaration wrong = FakeCluster.declaration(
                "wrong",
                "select log_time, id from wrong where log_time > timestamp '2026-11-01 00:00:00.000000' and"
                        + " log_time <= timestamp '2026-11-30 00:00:00.000000' and :from < :to");
        cluster.add("wrong", TO.plusDays(1), 1);
        assertThat(ask(unread(wrong), unread("quiet"))).isEqualTo(Map.of("quiet", none(false)));
    }

    @Test
    void logThatIsMoreThanADayBehindIsNotAsked() {
        Unread day = new Unread(declaration("day"), new Window(TO.minusDays(1), TO), Optional.empty());
        Unread more =
                new Unread(declaration("more"), new Window(TO.minusDays(1).minusNanos(1_000), TO), Optional.empty());
        assertThat(ask(day, more)).containsOnlyKeys("day");
        assertThat(asked).singleElement().asString().doesNotContain("from more");
    }

    @Test
    void nothingToAskCostsNoSession() {
        assertThat(ask()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void manyLogsAreDividedIntoStatementsThatEachWayOfAccessTakes() {
        Unread[] logs = IntStream.range(0, 300)
                .mapToObj(number -> unread("log" + number, EARLIER))
                .toArray(Unread[]::new);
        cluster.add("log299", EARLIER, 1);
        Map<String, News> news = ask(logs);
        assertThat(news).hasSize(300).containsEntry("log299", none(true)).containsEntry("log0", none(false));
        assertThat(asked).hasSizeBetween(2, 4).allMatch(sql -> sql.getBytes(StandardCharsets.UTF_8).length < 100_000);
    }

    @Test
    void newsCoverOnlyTheTimeThatWasAskedFor() {
        News news = none(true);
        assertThat(news.covers(FROM)).isTrue();
        assertThat(news.covers(FROM.plusMinutes(1))).isTrue();
        assertThat(news.covers(FROM.minusNanos(1_000)))
                .as("the lake was rolled back")
                .isFalse();
        assertThat(news.covers(TO)).isFalse();
    }
}
