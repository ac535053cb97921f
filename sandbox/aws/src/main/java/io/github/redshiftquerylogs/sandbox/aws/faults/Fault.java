package io.github.redshiftquerylogs.sandbox.aws.faults;

import java.time.Duration;

/**
 * What happens to a request.
 *
 * @param kind what
 * @param delay before it is forwarded; zero unless the kind is {@link Kind#LATENCY}
 */
public record Fault(Kind kind, Duration delay) {

    /** The kinds of faults. */
    public enum Kind {
        /** It is carried out later. */
        LATENCY("latency"),
        /** It is not carried out; the service's own error for too many requests. */
        THROTTLED("throttled"),
        /** It is not carried out; the service's own error for a failure of its own, 500 or 503. */
        SERVER_ERROR("5xx"),
        /** It is not carried out; the connection closes without a reply. */
        RESET("reset"),
        /** It is carried out; the connection closes without a reply. */
        LOST_REPLY("lost reply");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Fault of(Kind kind) {
        return new Fault(kind, Duration.ZERO);
    }
}
