package io.github.redshiftquerylogs.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnNamesTest {

    private static List<String> names(String... labels) {
        List<SourceColumn> columns = ColumnNames.assign(Stream.of(labels)
                .map(label -> new SourceColumn(label, ColumnType.STRING))
                .toList());
        assertThat(columns).extracting(SourceColumn::label).containsExactly(labels);
        return columns.stream().map(SourceColumn::name).toList();
    }

    private static String name(String label) {
        return names("log_time", label).get(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "userid", "is_rrscan", "a1", "source_query", "label_string"})
    void ordinaryNamesStay(String label) {
        assertThat(name(label)).isEqualTo(label);
    }

    @Test
    void nameInCapitalsIsInLowerCase() {
        assertThat(name("Query")).isEqualTo("query");
    }

    @ParameterizedTest
    @CsvSource({
        "cluster_name, source_cluster_name",
        "CLUSTER_NAME, source_cluster_name",
        "log_time, source_log_time",
        "a.b, a_b_",
        "a b, a_b_",
        "_file, file_",
        "_pos, pos_",
        "'', column_",
        "?column?, column_",
        "a\"b, a_b_",
        "a'b, a_b_",
        "größe, gr_e_",
        "漢字, column_",
        "$path, path_",
        "1st, column_1st_",
        "source_cluster_name, source_cluster_name_",
        "source_log_time, source_log_time_"
    })
    void nameThatTheLakeCannotTakeIsReplaced(String label, String begin) {
        String name = name(label);
        assertThat(name).startsWith(begin).matches("[a-z][a-z0-9_]*");
        assertThat(name).isEqualTo(begin.endsWith("_") ? begin + name.substring(name.length() - 8) : begin);
        assertThat(names("log_time", "x", label, "y").get(2))
                .as("whatever is beside it")
                .isEqualTo(name);
    }

    @Test
    void longNameIsShortened() {
        assertThat(name("x".repeat(500))).hasSize(109);
        assertThat(name("x".repeat(500))).isNotEqualTo(name("x".repeat(501)));
    }

    @Test
    void namesThatDifferByCaseOrSignsOnlyStayApart() {
        List<String> names = names(
                "log_time", "LABEL", "label", "Label", "LOG_TIME", "log_time", "a.b", "a b", "a_b", "cluster_name");
        assertThat(new HashSet<>(names)).hasSize(names.size());
        assertThat(names.get(2)).as("the one in lower case keeps its name").isEqualTo("label");
        assertThat(names.get(8)).isEqualTo("a_b");
        assertThat(names("log_time", "Label", "LABEL").get(1)).isEqualTo("label");
    }

    /** A declaration's own mistake, which is reported. */
    @Test
    void sameNameTwiceStaysTwice() {
        assertThat(names("log_time", "query", "query")).containsExactly("log_time", "query", "query");
    }
}
