package io.github.redshiftquerylogs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnabledClustersTest {

    @Test
    void namesAreTrimmedSortedAndFolded() {
        EnabledClusters enabled = EnabledClusters.parse(" hr,finance\t,\nhr , product-warehouse,product_warehouse");
        assertThat(enabled.legal())
                .extracting(ClusterName::value)
                .containsExactly("finance", "hr", "product-warehouse", "product_warehouse");
        assertThat(enabled.refused()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,\t,"})
    void emptyEntriesAreDropped(String list) {
        EnabledClusters enabled = EnabledClusters.parse(list);
        assertThat(enabled.legal()).isEmpty();
        assertThat(enabled.refused()).isEmpty();
    }

    @Test
    void illegalEntriesAreRefusedByNameWithTheReasonAndTheOthersStay() {
        EnabledClusters enabled = EnabledClusters.parse("hr,Sales,global,Sales,my warehouse");
        assertThat(enabled.legal()).extracting(ClusterName::value).containsExactly("hr");
        assertThat(enabled.refused()).containsOnlyKeys("Sales", "global", "my warehouse");
        assertThat(enabled.refused().get("Sales"))
                .containsExactly(new Problem(ParameterNames.ENABLED_CLUSTER_LIST, "Sales", ClusterName.EXPECTED));
        assertThat(enabled.refused().values().stream().flatMap(List::stream))
                .extracting(Problem::toString)
                .contains("redshift_query_logs.global.enabled_cluster_list = 'global': expected another name,"
                        + " 'global' is reserved for the parameters of all clusters")
                .contains("redshift_query_logs.global.enabled_cluster_list = 'my warehouse': expected "
                        + ClusterName.EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://u:topsecret@h/dev",
                "password=topsecret",
                "password=top,topsecret",
                "hr2:top,topsecret@h",
                "host=h,password=a,topsecret,b",
                "PASS%57ORD=a,topsecret"
            })
    void aPasswordInTheListIsNotShownAndTheEntriesBeforeItStay(String secret) {
        EnabledClusters enabled = EnabledClusters.parse("sales,hr, " + secret + ",finance");
        assertThat(enabled.legal()).extracting(ClusterName::value).containsExactly("hr", "sales");
        assertThat(enabled.toString()).doesNotContain("topsecret").doesNotContain("hr2");
        assertThat(enabled.refused().get(Problem.HIDDEN))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.toString())
                                .isEqualTo(
                                        "redshift_query_logs.global.enabled_cluster_list = (not shown): expected names of clusters,"
                                                + " no password and no address that may contain one; entries after it are ignored"));
    }

    @Test
    void namesOfClustersLikePasswordsAreNames() {
        EnabledClusters enabled = EnabledClusters.parse("password,pwd_reset,secret-data,jdbc");
        assertThat(enabled.legal()).hasSize(4);
        assertThat(enabled.refused()).isEmpty();
    }

    @Test
    void aCharacterThatNobodySeesIsNamed() {
        EnabledClusters enabled = EnabledClusters.parse("hr,\u00a0sales,finance\u200b,my\tcluster");
        assertThat(enabled.legal()).extracting(ClusterName::value).containsExactly("hr");
        assertThat(enabled.refused().values().stream().flatMap(List::stream))
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "redshift_query_logs.global.enabled_cluster_list = '<U+00A0>sales': expected "
                                + ClusterName.EXPECTED + "; it contains U+00A0 NO-BREAK SPACE",
                        "redshift_query_logs.global.enabled_cluster_list = 'finance<U+200B>': expected "
                                + ClusterName.EXPECTED + "; it contains U+200B ZERO WIDTH SPACE",
                        "redshift_query_logs.global.enabled_cluster_list = 'my<U+0009>cluster': expected "
                                + ClusterName.EXPECTED + "; it contains U+0009 CHARACTER TABULATION");
    }
}
