package io.github.redshiftquerylogs.selection;

import io.github.redshiftquerylogs.declaration.ExportSet;
import java.util.Set;

/** The kinds of sources, by the system tables that they have. */
public enum SourceKind {
    /** A provisioned cluster in one zone: it has STL tables. */
    STL,
    /** Serverless, or Multi-AZ: SYS views only. */
    SYS;

    /** The sets that suit it. */
    public Set<ExportSet> suitable() {
        return switch (this) {
            case STL -> Set.of(ExportSet.STL, ExportSet.NAMES, ExportSet.STATES);
            case SYS -> Set.of(ExportSet.SYS, ExportSet.NAMES);
        };
    }
}
