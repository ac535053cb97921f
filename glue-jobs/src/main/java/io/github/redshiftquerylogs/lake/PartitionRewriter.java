package io.github.redshiftquerylogs.lake;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;

/** Replaces the files of a partition by few sorted ones with the same rows. */
public interface PartitionRewriter {

    /**
     * Rewrites, by at most one commit of the operation {@code replace}. It may delete what it has written if that commit fails
     * for all it knows: the table holds deletions back.
     */
    void rewrite(Rewrite rewrite);

    /**
     * What is to be rewritten.
     *
     * @param table the table; all reading, writing, committing and deleting goes through it
     * @param rows the rows of the partition
     * @param sortBy the columns by which the rows are sorted
     * @param targetBytes the size of a file
     * @param properties properties of the new snapshot
     */
    record Rewrite(
            Table table, Expression rows, List<String> sortBy, long targetBytes, Map<String, String> properties) {

        public Rewrite {
            sortBy = List.copyOf(sortBy);
            properties = Map.copyOf(properties);
        }
    }
}
