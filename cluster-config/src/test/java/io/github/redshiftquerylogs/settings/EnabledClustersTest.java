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
}
