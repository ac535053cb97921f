package io.github.redshiftquerylogs.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.TestingParameters;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobDriftTest {

    private static final JobDefinition WANTED = TestingDefinitions.of("orders");

    private static Map<String, String> actual() {
        return new TreeMap<>(WANTED.settings());
    }

    @Test
    void aJobAsDefinedHasNoDrift() {
        assertThat(JobDrift.between(WANTED, actual())).isEmpty();
    }

    @Test
    void eachSettingThatChangesOrVanishesIsNamed() {
        for (String name : WANTED.settings().keySet()) {
            Map<String, String> changed = actual();
            changed.merge(name, "-by-hand", String::concat);
            assertThat(JobDrift.between(WANTED, changed)).containsExactly(name);
            Map<String, String> gone = actual();
            gone.remove(name);
            assertThat(JobDrift.between(WANTED, gone)).containsExactly(name);
        }
    }

    @Test
    void whatWasAddedIsNamedWithoutItsValue() {
        Map<String, String> added = actual();
        added.put("--password", TestingParameters.PASSWORD);
        added.put("workers", "10");
        assertThat(JobDrift.between(WANTED, added)).containsExactly("--password", "workers");
    }

    @ParameterizedTest
    @CsvSource({
        "exporter,                                   exporter,                                        true",
        "exporter,                                   arn:aws:iam::123456789012:role/exporter,         true",
        "exporter,                                   arn:aws:iam::123456789012:role/service/exporter, true",
        "arn:aws:iam::123456789012:role/exporter,    exporter,                                        true",
        "arn:aws:iam::123456789012:role/exporter,    arn:aws:iam::999999999999:role/exporter,         false",
        "exporter,                                   arn:aws:iam::123456789012:role/another,          false",
        "exporter,                                   another,                                         false",
    })
    void aRoleIsTheSameByNameAndByArn(String wanted, String found, boolean same) {
        Map<String, String> actual = actual();
        actual.put("role", found);
        assertThat(JobDrift.between(TestingDefinitions.of("orders", wanted), actual)
                        .isEmpty())
                .isEqualTo(same);
    }
}
