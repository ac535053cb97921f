package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows that users of a stand-in see, and the views of its users. */
class StandInSyslogAccessTest {

    private static final String ACCESS = "select syslog_access from svv_user_info where user_name = current_user";

    @AutoClose
    private EmbeddedRedshift redshift;

    @BeforeEach
    void start() throws SQLException {
        redshift = EmbeddedRedshift.recycled("alpha", "exporter", "pw");
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("insert into stl_scan (userid, query) values (100, 1)");
        }
    }

    @Test
    void userSeesAllRowsUnlessItIsRestricted() throws SQLException {
        assertThat(single(ACCESS)).isEqualTo("UNRESTRICTED");
        assertThat(single("select count(*) from stl_scan")).isEqualTo("1");
    }

    @Test
    void restrictedUserSeesNoRowsOfOthersAndNoError() throws SQLException {
        redshift.restrictSyslogAccess();
        assertThat(single(ACCESS)).isEqualTo("RESTRICTED");
        assertThat(single("select count(*) from stl_scan")).isEqualTo("0");
    }

    @Test
    void roleOpensTheRowsAndTheSettingStaysAsItIs() throws SQLException {
        redshift.restrictSyslogAccess();
        redshift.grantRole("sys:monitor");
        assertThat(single(ACCESS)).isEqualTo("RESTRICTED");
        assertThat(single("select role_name from svv_user_grants where user_name = current_user"))
                .isEqualTo("sys:monitor");
        assertThat(single("select count(*) from stl_scan")).isEqualTo("1");
    }

    @Test
    void usersSeeThemselvesAndSuperusersSeeAll() throws SQLException {
        assertThat(single("select count(*) from svv_user_info")).isEqualTo("1");
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from svv_user_info")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
    }

    @Test
    void furtherUserSeesNothingUntilItIsGivenMoreAndTheFirstOneStillSeesAll() throws SQLException {
        redshift.users().create("IAMR:job", "other");
        assertThat(redshift.users().has("IAMR:job")).isTrue();
        assertThat(redshift.users().has("nobody")).isFalse();
        assertThat(single("IAMR:job", "other", ACCESS)).isEqualTo("RESTRICTED");
        assertThat(single("IAMR:job", "other", "select count(*) from stl_scan")).isEqualTo("0");
        assertThat(single("select count(*) from stl_scan")).isEqualTo("1");

        redshift.users().setSyslogAccess("IAMR:job", true);
        assertThat(single("IAMR:job", "other", ACCESS)).isEqualTo("UNRESTRICTED");
        assertThat(single("IAMR:job", "other", "select count(*) from stl_scan")).isEqualTo("1");

        redshift.users().setSyslogAccess("IAMR:job", false);
        assertThat(single("IAMR:job", "other", "select count(*) from stl_scan")).isEqualTo("0");
        redshift.users().grantRole("IAMR:job", "sys:monitor");
        assertThat(single("IAMR:job", "other", "select count(*) from stl_scan")).isEqualTo("1");
    }

    @Test
    void changedPasswordIsTheOneThatCounts() throws SQLException {
        redshift.users().create("other", "one");
        redshift.users().setPassword("other", "two");

        assertThat(single("other", "two", "select 1")).isEqualTo("1");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> single("other", "one", "select 1"))
                .withMessageContaining("password authentication failed");
    }

    private String single(String sql) throws SQLException {
        return single("exporter", "pw", sql);
    }

    private String single(String user, String password, String sql) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        try (Connection connection = new com.amazon.redshift.Driver().connect(redshift.jdbcUrl(), properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
