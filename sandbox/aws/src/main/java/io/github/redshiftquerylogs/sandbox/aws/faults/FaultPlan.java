package io.github.redshiftquerylogs.sandbox.aws.faults;

import io.github.redshiftquerylogs.sandbox.aws.faults.Fault.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Random faults; pure. The same seed, service, number and kind of operation (one that changes something, or not) have the same
 * fault.
 *
 * <p>Single faults, which retries of a client overcome, hit some 4 of 100 requests. In an outage, about one in 2,000 requests to
 * a service, all of its next {@value #OUTAGE} requests fail; that may be too much for retries.
 *
 * @param seed of all choices
 */
public record FaultPlan(long seed) implements FaultChoice {

    /** Requests of an outage; a client tries a call three to six times. */
    private static final int OUTAGE = 16;

    private static final int BLOCK = 500;
    /** The share of blocks with an outage. */
    private static final double OUTAGES = 0.25;

    private static final double LATENCY = 0.02;
    private static final double THROTTLED = 0.008;
    private static final double SERVER_ERROR = 0.005;
    private static final double RESET = 0.005;
    private static final double LOST_REPLY = 0.003;
    /** The same of requests that change something: what happened behind a lost reply is the harder question there. */
    private static final double LOST_REPLY_OF_CHANGE = 0.03;

    private static final int SHORTEST_DELAY_MS = 100;
    private static final int LONGEST_DELAY_MS = 1500;

    private static final Pattern READING = Pattern.compile("(Get|List|Describe|Query|Search|Scan|BatchGet|HEAD).*");

    @Override
    public Optional<Fault> fault(String service, String operation, long number) {
        SplittableRandom random = random(service, number);
        double at = random.nextDouble();
        if (inOutage(service, number)) {
            return Optional.of(Fault.of(at < 0.5 ? Kind.SERVER_ERROR : Kind.RESET));
        }
        Map<Kind, Double> shares = Map.of(
                Kind.LATENCY,
                LATENCY,
                Kind.THROTTLED,
                THROTTLED,
                Kind.SERVER_ERROR,
                SERVER_ERROR,
                Kind.RESET,
                RESET,
                Kind.LOST_REPLY,
                changes(operation) ? LOST_REPLY_OF_CHANGE : LOST_REPLY);
        for (Kind kind : Kind.values()) {
            double share = shares.getOrDefault(kind, 0.0);
            if (at < share) {
                return Optional.of(
                        kind == Kind.LATENCY
                                ? new Fault(
                                        kind,
                                        Duration.ofMillis(random.nextInt(SHORTEST_DELAY_MS, LONGEST_DELAY_MS + 1)))
                                : Fault.of(kind));
            }
            at -= share;
        }
        return Optional.empty();
    }

    private boolean inOutage(String service, long number) {
        SplittableRandom block = random(service + " outage", number / BLOCK);
        if (block.nextDouble() >= OUTAGES) {
            return false;
        }
        long begin = block.nextInt(BLOCK - OUTAGE);
        long position = number % BLOCK;
        return position >= begin && position < begin + OUTAGE;
    }

    /** Whether an operation changes something. */
    static boolean changes(String operation) {
        return !operation.equals("GET") && !READING.matcher(operation).matches();
    }

    private SplittableRandom random(String subject, long number) {
        return new SplittableRandom(mixed(mixed(seed) + subject.hashCode()) + number * 0x9E3779B97F4A7C15L);
    }

    /** Neighbouring seeds must not lead to shifted sequences of faults. */
    private static long mixed(long value) {
        return new SplittableRandom(value).nextLong();
    }
}
