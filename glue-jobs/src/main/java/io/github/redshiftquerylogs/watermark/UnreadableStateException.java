package io.github.redshiftquerylogs.watermark;

import java.util.List;

/** An item of the state table is not readable. It counts as lost. */
public final class UnreadableStateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableStateException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
