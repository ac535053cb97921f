package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import java.util.List;

/** A result without columns and rows. */
final class NoRows implements SourceRows {

    @Override
    public List<SourceColumn> columns() {
        return List.of();
    }

    @Override
    public boolean next() {
        return false;
    }

    @Override
    public Object value(int index, ColumnType type) {
        throw new IllegalStateException("no rows");
    }
}
