package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.redshift.SyslogAccess.Row;
import io.github.redshiftquerylogs.redshift.SyslogAccess.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogAccessTest {

    @Test
    void settingDecidesForAUserWithoutRoles() {
        assertThat(decide(row(false, "UNRESTRICTED", null)).rows()).isEqualTo(Rows.ALL);
        assertThat(decide(row(false, "RESTRICTED", null)).rows()).isEqualTo(Rows.OWN);
    }

    @Test
    void superuserSeesAllWhateverItsSetting() {
        assertThat(decide(row(true, "RESTRICTED", null)).rows()).isEqualTo(Rows.ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sys:monitor", "sys:operator", "sys:dba", "sys:superuser"})
    void roleThatMayReadSystemTablesOpensThem(String role) {
        assertThat(decide(row(false, "RESTRICTED", "readers"), row(false, "RESTRICTED", role))
                        .rows())
                .isEqualTo(Rows.ALL);
    }

    @Test
    void otherRolesDoNotAndAreNamed() {
        SyslogAccess access = decide(row(false, "RESTRICTED", "sys:secadmin"), row(false, "RESTRICTED", "readers"));
        assertThat(access.rows()).isEqualTo(Rows.OWN);
        assertThat(access.text())
                .isEqualTo("user exporter sees only the rows of its own queries (syslog_access is RESTRICTED, roles:"
                        + " readers, sys:secadmin): expected that a superuser runs"
                        + " ALTER USER \"exporter\" SYSLOG ACCESS UNRESTRICTED, or GRANT ROLE sys:monitor TO"
                        + " \"exporter\"");
    }

    @Test
    void unknownSettingIsReportedAsUnknown() {
        assertThat(decide().text()).contains("is not known (svv_user_info has no row for it)");
        assertThat(decide(row(false, null, null)).rows()).isEqualTo(Rows.UNKNOWN);
        assertThat(decide(row(false, "PARTLY", null)).text())
                .contains("is not known (syslog_access is neither RESTRICTED nor UNRESTRICTED)");
    }

    @ParameterizedTest
    @CsvSource({
        "IAMR:redshift-query-logs-job, '\"IAMR:redshift-query-logs-job\"'",
        "IAM:ops, '\"IAM:ops\"'",
        "AWSIDC:jane.doe@example.org, '\"AWSIDC:jane.doe@example.org\"'",
        "first.last, '\"first.last\"'",
        "user, '\"user\"'",
        "Mixed Case, '\"Mixed Case\"'",
        "a\"b, '\"a\"\"b\"'",
    })
    void theRemedyCanBeExecutedForAnyName(String name, String quoted) {
        assertThat(new Remedy(name, false).text())
                .isEqualTo("that a superuser runs ALTER USER " + quoted + " SYSLOG ACCESS UNRESTRICTED, or GRANT ROLE"
                        + " sys:monitor TO " + quoted);
        assertThat(new Remedy(name, true).text())
                .isEqualTo("that a superuser runs GRANT ROLE sys:monitor TO " + quoted);
    }

    @Test
    void withoutANameThereIsNoStatementThatCouldNotRun() {
        assertThat(new Remedy(null, false).text())
                .isEqualTo("SYSLOG ACCESS UNRESTRICTED, or role sys:monitor, for its database user");
        assertThat(new Remedy(null, true).text()).isEqualTo("role sys:monitor for its database user");
        assertThat(new Remedy(null, true).forUser("IAMR:job").text()).contains("TO \"IAMR:job\"");
    }

    private static SyslogAccess decide(Row... rows) {
        return SyslogAccess.of("exporter", List.of(rows), new Remedy("exporter", false));
    }

    private static Row row(boolean superuser, @Nullable String setting, @Nullable String role) {
        return new Row(superuser, setting, role);
    }
}
