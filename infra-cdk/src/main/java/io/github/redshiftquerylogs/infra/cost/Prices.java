package io.github.redshiftquerylogs.infra.cost;

/**
 * Public list prices in US dollars, Region us-east-1; other Regions differ by some ten per cent. Glue's, which is nearly
 * all of the cost, is of {@link #DATE} (https://aws.amazon.com/glue/pricing/); the small ones beside it have not changed
 * for years (https://aws.amazon.com/cloudwatch/pricing/ and so on).
 */
final class Prices {

    static final String DATE = "November 2026";

    /** Glue, Spark job: DPU-hour, billed by the second after the first minute. */
    static final double GLUE_DPU_HOUR = 0.44;
    /** Lambda on arm64: GB-second. */
    static final double LAMBDA_GB_SECOND = 0.0000133334;
    /** Lambda: million requests. */
    static final double LAMBDA_MILLION_REQUESTS = 0.20;
    /** CloudWatch: custom metric a month, of the first ten thousand. */
    static final double METRIC_MONTH = 0.30;
    /** CloudWatch: alarm of standard resolution a month. */
    static final double ALARM_MONTH = 0.10;
    /** CloudWatch: dashboard a month; an account's first three are free, which is not counted here. */
    static final double DASHBOARD_MONTH = 3.00;
    /** KMS: key a month. */
    static final double KEY_MONTH = 1.00;
    /** S3: thousand PUT requests. */
    static final double S3_THOUSAND_PUTS = 0.005;
    /** VPC: interface endpoint an hour, in each availability zone. */
    static final double ENDPOINT_HOUR = 0.01;

    private Prices() {}
}
