package io.github.redshiftquerylogs.infra.cost;

/**
 * Public list prices in US dollars, Region us-east-1; other Regions differ by some ten per cent. AWS's own pages name most
 * prices only in a browser, so beside each stands where else it was found, and from when that is. What matters is Glue's,
 * which is nearly all of the cost.
 */
final class Prices {

    /** Of {@link #GLUE_DPU_HOUR}; the others are older. */
    static final String DATE = "October 2026";

    /**
     * Glue, Spark job or table optimizer: DPU-hour, billed by the second after the first minute.
     * https://aws.amazon.com/glue/pricing/ as read on 7 October 2026, in a transcript on github.com/api-evangelist.
     */
    static final double GLUE_DPU_HOUR = 0.44;
    /** Lambda on arm64: GB-second. cloudchipr.com, 2024; notes on git.mcrn.ar, May 2026. */
    static final double LAMBDA_GB_SECOND = 0.0000133334;
    /** Lambda: million requests. The notes of May 2026. */
    static final double LAMBDA_MILLION_REQUESTS = 0.20;
    /** CloudWatch: custom metric a month, of the first ten thousand. github.com/nishinoshake/aws-rough, April 2022. */
    static final double METRIC_MONTH = 0.30;
    /** CloudWatch: alarm of standard resolution a month. c3x.dev, without a date. */
    static final double ALARM_MONTH = 0.10;
    /** CloudWatch: dashboard a month; an account's first three are free, not counted here. factualminds.com, June 2026. */
    static final double DASHBOARD_MONTH = 3.00;
    /**
     * KMS: key a month. cloudburn.io, March 2026; factualminds.com, June 2026. The stack's key is rotated every year; the first
     * two rotations add a dollar a month each, which is from memory, of 2024, and not counted.
     */
    static final double KEY_MONTH = 1.00;
    /** S3: thousand PUT requests. cloudkaramchari.com, without a date; and from memory, of 2025. */
    static final double S3_THOUSAND_PUTS = 0.005;
    /** VPC: interface endpoint an hour, in each availability zone. cloudcostkit.com, January 2026. */
    static final double ENDPOINT_HOUR = 0.01;

    private Prices() {}
}
