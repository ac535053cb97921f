package io.github.redshiftquerylogs.infra.foundation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.options.OptionsParser;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@NeedsNode
class LogRetentionTest {

    @Test
    void everyPeriodThatTheOptionsAllowHasAName() {
        IntStream.rangeClosed(1, 4000)
                .filter(days -> allowed(days))
                .forEach(days -> assertThatCode(() -> LogRetention.of(days)).doesNotThrowAnyException());
        assertThatThrownBy(() -> LogRetention.of(31))
                .hasMessage("31 days: expected a retention period that CloudWatch supports");
    }

    private static boolean allowed(int days) {
        try {
            return OptionsParser.parse(Map.of("logRetentionDays", days)).logRetentionDays() == days;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
