package io.github.redshiftquerylogs.infra.cost;

/**
 * Public list prices in US dollars for us-east-1; other Regions differ by about ten per cent. AWS's own pages show most
 * prices only in a browser, so each price has another source and its date. Glue's price matters most: it is nearly the
 * whole cost.
 */
final class Prices {

    /** Date of {@link #GLUE_DPU_HOUR}; the other prices are older. */
    static final String DATE = "October 2026";

    /**
     * Glue, Spark job or table optimizer: DPU-hour, billed by the second after the first minute.
     * https://aws.amazon.com/glue/pricing/ on 7 October 2026, transcript on github.com/api-evangelist.
     */
    static final double GLUE_DPU_HOUR = 0.44;
    /**
     * Glue, workers of the R types: M-DPU-hour, which has twice the memory. AWS's price list, eu-west-1, January 2026;
     * us-east-1 has the same price for Glue 5.1.
     */
    static final double GLUE_M_DPU_HOUR = 0.52;
    /** Lambda on arm64: GB-second. cloudchipr.com, 2024; notes on git.mcrn.ar, May 2026. */
    static final double LAMBDA_GB_SECOND = 0.0000133334;
    /** Lambda: million requests. git.mcrn.ar, May 2026. */
    static final double LAMBDA_MILLION_REQUESTS = 0.20;
    /**
     * CloudWatch: custom metric per month, for the first ten thousand. github.com/nishinoshake/aws-rough, April 2022.
     */
    static final double METRIC_MONTH = 0.30;
    /** CloudWatch: alarm of standard resolution per month. c3x.dev, undated. */
    static final double ALARM_MONTH = 0.10;
    /**
     * CloudWatch: dashboard per month; the first three of an account are free, which is ignored. factualminds.com, June
     * 2026.
     */
    static final double DASHBOARD_MONTH = 3.00;
    /**
     * KMS: key per month. cloudburn.io, March 2026; factualminds.com, June 2026. The stack's key is rotated every year;
     * the first two rotations add a dollar per month each (as of 2024, source not recorded), which is not included.
     */
    static final double KEY_MONTH = 1.00;
    /** S3: thousand PUT requests. cloudkaramchari.com, undated. */
    static final double S3_THOUSAND_PUTS = 0.005;
    /** VPC: interface endpoint per hour and availability zone. cloudcostkit.com, January 2026. */
    static final double ENDPOINT_HOUR = 0.01;

    private Prices() {}
}
