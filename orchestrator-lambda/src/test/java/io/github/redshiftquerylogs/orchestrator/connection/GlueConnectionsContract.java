package io.github.redshiftquerylogs.orchestrator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract of {@link GlueConnectionApi}. */
abstract class GlueConnectionsContract {

    static final ConnectionDefinition ORDERS = definition("sg-1");

    /** An API without connections; the same one during a test. */
    abstract GlueConnectionApi connections();

    static ConnectionDefinition definition(String... securityGroups) {
        return ConnectionDefinition.of(
                new ClusterName("orders"),
                TestingClusters.available("orders"),
                new JobSubnet("subnet-1", "eu-central-1a", true),
                List.of(securityGroups));
    }

    @Test
    void aConnectionIsAsItWasMade() throws CallFailedException {
        connections().create(ORDERS);
        assertThat(connections().settings(ORDERS.name())).isEqualTo(ORDERS.settings());
    }

    @Test
    void aConnectionThatIsThereAlreadyStaysAsItIs() throws CallFailedException {
        connections().create(ORDERS);
        assertThat(catchThrowableOfType(
                                CallFailedException.class, () -> connections().create(definition("sg-2")))
                        .failure()
                        .kind())
                .isEqualTo(Kind.EXISTS);
        assertThat(connections().settings(ORDERS.name())).isEqualTo(ORDERS.settings());
    }

    @Test
    void anUpdateReplacesAllOfIt() throws CallFailedException {
        connections().create(ORDERS);
        ConnectionDefinition other = definition("sg-2", "sg-3");
        connections().update(other);
        assertThat(connections().settings(ORDERS.name())).isEqualTo(other.settings());
    }

    @Test
    void aConnectionThatIsNotThereIsMissing() {
        assertThat(catchThrowableOfType(
                                CallFailedException.class, () -> connections().settings("another"))
                        .failure()
                        .kind())
                .isEqualTo(Kind.MISSING);
    }
}
