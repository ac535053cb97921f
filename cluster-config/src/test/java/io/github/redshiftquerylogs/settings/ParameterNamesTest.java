package io.github.redshiftquerylogs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterNamesTest {

    private static final ClusterName ORDERS = new ClusterName("orders-2_eu");

    @Test
    void eachOfAClustersParametersIsItsOwn() {
        assertThat(ParameterNames.clusterOf(ParameterNames.connection(ORDERS))).contains(ORDERS);
        assertThat(ParameterNames.clusterOf(ParameterNames.password(ORDERS))).contains(ORDERS);
        assertThat(ParameterNames.clusterOf(ParameterNames.secret(ORDERS))).contains(ORDERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ParameterNames.ENABLED_CLUSTER_LIST,
                ParameterNames.ROLE,
                "",
                "redshift_query_logs.",
                "redshift_query_logs.orders",
                "redshift_query_logs..password",
                "redshift_query_logs.Orders.password",
                "redshift_query_logs.a.b.password",
                "another.orders.password"
            })
    void allOthersAreOfNoCluster(String parameter) {
        assertThat(ParameterNames.clusterOf(parameter)).isEmpty();
    }
}
