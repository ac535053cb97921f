package io.github.redshiftquerylogs.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedHistoryTest {

    private static final String VIEW = SqlFile.read(ModuleFiles.OPTIONAL_VIEWS.resolve("query_history_all.sql"))
            .text();

    @Test
    void theSelectIsRepeatedForEachNamespace() {
        String one = PublishedHistory.in(VIEW, List.of("1a2b_sys"));
        String two = PublishedHistory.in(VIEW, List.of("1a2b_sys", "222_sys"));

        assertThat(one)
                .contains("FROM \"s3tablescatalog/aws-redshift\".\"1a2b_sys\".sys_query_history")
                .doesNotContain("YOUR_NAMESPACE");
        assertThat(two)
                .contains("\"1a2b_sys\".sys_query_history\n    UNION ALL\n    SELECT\n      warehouse_account_id");
        assertThat(two.replace("222_sys", "1a2b_sys").split("UNION ALL\n    SELECT", -1))
                .hasSize(2);
        assertThat(two.length() - one.length()).isGreaterThan(300);
        assertThat(JoinRule.problems(two)).isEmpty();
    }

    @Test
    void aViewWithoutThePlaceholderIsRefused() {
        assertThatThrownBy(() -> PublishedHistory.in("create view v as select 1", List.of("a")))
                .hasMessage("the view of published queries does not read from \"YOUR_NAMESPACE\":"
                        + " expected one SELECT that does");
    }
}
