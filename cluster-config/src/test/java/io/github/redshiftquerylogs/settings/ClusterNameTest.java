package io.github.redshiftquerylogs.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterNameTest {

    private static final String LONGEST = "a" + "b".repeat(62);

    @ParameterizedTest
    @ValueSource(strings = {"product-warehouse", "product_warehouse", "a", "z9", "a-", "a_", "globals", "global-2"})
    void isLegal(String name) {
        assertThat(ClusterName.of(name)).contains(new ClusterName(name));
        assertThat(new ClusterName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "A",
                "Product",
                "productWarehouse",
                "1a",
                "-a",
                "_a",
                "a b",
                " a",
                "a ",
                "a.b",
                "a/b",
                "a#b",
                "a,b",
                "ä",
                "aé",
                "a\n",
                "a\u0660"
            })
    void isIllegalAndSaysWhatIsExpected(String name) {
        assertThat(ClusterName.of(name)).isEmpty();
        assertThat(ClusterName.expectedFor(name)).isEqualTo(ClusterName.EXPECTED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClusterName(name))
                .withMessage("illegal cluster name '" + name + "': expected " + ClusterName.EXPECTED);
    }

    @Test
    void has63CharactersAtMost() {
        assertThat(LONGEST).hasSize(63);
        assertThat(ClusterName.of(LONGEST)).isPresent();
        assertThat(ClusterName.of(LONGEST + "c")).isEmpty();
    }

    @Test
    void globalIsReservedAndTheTextSaysFor() {
        assertThat(ClusterName.of("global")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClusterName("global"))
                .withMessage(
                        "illegal cluster name 'global': expected another name, 'global' is reserved for the parameters of all clusters");
    }

    @Test
    void hyphenAndUnderscoreMakeTwoClusters() {
        assertThat(new ClusterName("product-warehouse")).isNotEqualTo(new ClusterName("product_warehouse"));
        assertThat(new TreeSet<>(List.of(new ClusterName("b"), new ClusterName("a_b"), new ClusterName("a-b"))))
                .extracting(ClusterName::value)
                .containsExactly("a-b", "a_b", "b");
    }

    /** Without it no Spark task could be sent anywhere. */
    @Test
    void travels() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ClusterName("hr"));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(new ClusterName("hr"));
        }
    }
}
