package io.github.redshiftquerylogs.querydays;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Consumer;

/** Groups the runs of queries of a day. */
public interface QueryDay {

    /**
     * Reads the rows of a day from the lake, and passes on its groups and their total.
     *
     * @param day the day, UTC
     * @param groups gets each row: values by column of {@link QueryDays#definition}. The row with {@code is_total} is one of
     *     them, unless the day has no run
     */
    void read(ClusterName cluster, LocalDate day, Consumer<Map<String, Object>> groups);
}
