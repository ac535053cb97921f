package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceIdentityTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        resize or pause,                namespace:1,               namespace:1,               true
        restored to a new cluster,      namespace:1,               namespace:2,               false
        another port and database,      host:a.b:5439/dev,         host:a.b:5440/sales,       true
        a new name without a namespace, host:a.b:5439/dev,         host:c.b:5439/dev,         false
        another database,               cluster:hr,                cluster:hr,                true
        another cluster,                cluster:hr,                cluster:sales,             false
        another way,                    host:hr:5439/dev,          cluster:hr,                false
        a namespace instead of a host,  host:a.b:5439/dev,         namespace:1,               false
        accepted at the same address,   host:a.b:5439/dev,         host:a.b:5439/dev#2026-11-19, false
        accepted there another day,     host:a.b:5439/dev#2026-11-18, host:a.b:5439/dev#2026-11-19, false
        accepted there,                 host:a.b:5439/dev#2026-11-19, host:a.b:5440/x#2026-11-19, true
        """)
    void namespacesTellClustersApartAndSoDoAddressesWithTheirDays(String what, String one, String other, boolean same) {
        assertThat(new SourceIdentity(one).isSame(new SourceIdentity(other)))
                .as(what)
                .isEqualTo(same);
    }

    @Test
    void anAddressKeepsTheDayOfTheClusterThatWasAcceptedThere() {
        SourceIdentity before = new SourceIdentity("host:a:5439/dev").since(LocalDate.parse("2026-11-19"));
        assertThat(new SourceIdentity("host:a:5440/dev").keepingSinceOf(before).text())
                .isEqualTo("host:a:5440/dev#2026-11-19");
        assertThat(new SourceIdentity("host:b:5440/dev").keepingSinceOf(before).text())
                .isEqualTo("host:b:5440/dev");
        assertThat(new SourceIdentity("namespace:1").keepingSinceOf(before).text())
                .isEqualTo("namespace:1");
    }
}
