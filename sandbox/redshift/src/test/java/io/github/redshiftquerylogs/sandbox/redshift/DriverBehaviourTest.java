package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Behaviour of Redshift's own driver that the export relies on, in a time zone that skips 02:00 to 03:00 on 2026-03-08.
 * Unsafe calls are the negative controls of the safe ones.
 */
class DriverBehaviourTest {

    private static final LocalDateTime IN_THE_GAP = LocalDateTime.parse("2026-03-08T02:30:00.123456");

    @AutoClose
    private static EmbeddedRedshift redshift;

    private final TimeZone zone = TimeZone.getDefault();

    @BeforeAll
    static void start() throws SQLException {
        redshift = EmbeddedRedshift.recycled("alpha", "exporter", "pw");
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("insert into stl_query (query, starttime, label)"
                    + " values (1, '2026-03-08 02:30:00.123456', 'nightly')");
            statement.execute("insert into stl_querytext (query, sequence, text) values (1, 0, '🚀 Zoë'),"
                    + " (1, 1, e'\\001\\t\\n\\\\N')");
            statement.execute("create sequence produced");
            statement.execute("grant all on sequence produced to exporter");
        }
    }

    @BeforeEach
    void liveInNewYork() {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    }

    @AfterEach
    void liveWhereWeDid() {
        TimeZone.setDefault(zone);
    }

    private static ResultSet row(Statement statement, String sql) throws SQLException {
        ResultSet result = statement.executeQuery(sql);
        assertThat(result.next()).isTrue();
        return result;
    }

    @Test
    void localDateTimeAndTextAreSafeInTheHourThatDaylightSavingSkips() throws SQLException {
        try (Connection connection = EmbeddedRedshiftTest.connect(redshift, "pw");
                Statement statement = connection.createStatement();
                ResultSet row = row(statement, "select starttime from stl_query")) {
            assertThat(row.getObject(1, LocalDateTime.class)).isEqualTo(IN_THE_GAP);
            assertThat(row.getString(1)).isEqualTo("2026-03-08 02:30:00.123456");
        }
    }

    @Test
    void timestampIsNotSafeThere() throws SQLException {
        try (Connection connection = EmbeddedRedshiftTest.connect(redshift, "pw");
                Statement statement = connection.createStatement();
                ResultSet row = row(statement, "select starttime from stl_query")) {
            assertThat(row.getTimestamp(1).toLocalDateTime()).isEqualTo(IN_THE_GAP.plusHours(1));
            assertThat(row.getObject(1)).isEqualTo(row.getTimestamp(1));
        }
    }

    @Test
    void aLiteralIsSafeThereAndABoundParameterIsNot() throws SQLException {
        try (Connection connection = EmbeddedRedshiftTest.connect(redshift, "pw");
                Statement statement = connection.createStatement();
                ResultSet literal = row(
                        statement,
                        "select count(*) from (select starttime as t from stl_query) q"
                                + " where t = timestamp '2026-03-08 02:30:00.123456'");
                PreparedStatement bound =
                        connection.prepareStatement("select count(*) from stl_query where starttime = ?")) {
            assertThat(literal.getInt(1)).isEqualTo(1);
            bound.setObject(1, IN_THE_GAP);
            try (ResultSet result = bound.executeQuery()) {
                result.next();
                assertThat(result.getInt(1)).isZero();
            }
        }
    }

    @Test
    void fixedLengthTextComesPaddedToItsLengthInCharacters() throws SQLException {
        try (Connection connection = EmbeddedRedshiftTest.connect(redshift, "pw");
                Statement statement = connection.createStatement()) {
            try (ResultSet row = row(statement, "select label from stl_query")) {
                assertThat(row.getString(1)).hasSize(320).isEqualTo("nightly" + " ".repeat(313));
                assertThat(row.getMetaData().getColumnType(1)).isEqualTo(java.sql.Types.CHAR);
                assertThat(row.getMetaData().getPrecision(1)).isEqualTo(320);
            }
            try (ResultSet row = row(statement, "select text from stl_querytext order by sequence")) {
                assertThat(row.getString(1)).isEqualTo("🚀 Zoë" + " ".repeat(195));
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("\u0001\t\n\\N" + " ".repeat(195));
            }
        }
    }

    @Test
    void byDefaultTheDriverReadsAheadHoweverSmallTheFetchSize() throws Exception {
        assertThat(rowsProducedWhenTheFirstIsRead(1_000)).isGreaterThan(50_000);
    }

    @Test
    void aSmallRingBufferHoldsTheServerBack() throws Exception {
        assertThat(rowsProducedWhenTheFirstIsRead(0, "fetchRingBufferSize", "1M"))
                .isLessThan(100_000);
    }

    @Test
    void withoutRingBufferTheFetchSizeStreamsInsideATransaction() throws Exception {
        assertThat(rowsProducedWhenTheFirstIsRead(1_000, "enableFetchRingBuffer", "false"))
                .isEqualTo(1_000);
    }

    /** For 200,000 rows of 1 kB, all of which are read at the end. */
    private static long rowsProducedWhenTheFirstIsRead(int fetchSize, String... options) throws Exception {
        try (Connection connection = EmbeddedRedshiftTest.connect(redshift, "pw", options);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(fetchSize);
            long before = produced();
            try (ResultSet result =
                    row(statement, "select nextval('produced'), repeat('x', 1000) from generate_series(1, 200000)")) {
                // waits until the server has sent everything or is held back
                long seen = -1;
                long now = produced() - before;
                while (now > seen) {
                    seen = now;
                    Thread.sleep(300);
                    now = produced() - before;
                }
                int rows = 1;
                while (result.next()) {
                    rows++;
                }
                assertThat(rows).isEqualTo(200_000);
                return now;
            }
        }
    }

    private static long produced() throws SQLException {
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement();
                ResultSet result =
                        row(statement, "select case when is_called then last_value else 0 end from produced")) {
            return result.getLong(1);
        }
    }
}
