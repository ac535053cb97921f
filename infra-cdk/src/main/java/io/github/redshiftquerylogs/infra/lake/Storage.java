package io.github.redshiftquerylogs.infra.lake;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.infra.rights.Acknowledged;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TablePropsV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/**
 * The lake's bucket and the state table. Both are kept when the stack is deleted. Their names are generated, so that
 * the next stack can be deployed while they exist; it uses the same lake if {@code bucket} names it.
 */
public final class Storage extends Construct {

    /** Prefix of the tables, in {@code data/}; has no expiry rule. */
    public static final String LAKE = "lake";
    /** Prefix of temporary files of Glue and of UNLOAD. */
    public static final String STAGING = "staging";
    /** Prefix of all folders with declarations of own exports. The jobs read there; nobody else is given a right. */
    public static final String EXPORTS = "exports";
    /** The folder with the declarations of own exports that a deployment uploads. */
    public static final String OWN_EXPORTS = EXPORTS + "/own";
    /** Prefix of Athena's results. */
    static final String RESULTS = "athena-results";

    private static final Duration STAGING_KEPT = Duration.days(7);
    private static final Duration RESULTS_KEPT = Duration.days(30);

    private final IBucket bucket;
    private final TableV2 stateTable;

    /**
     * Creates the state table, and the bucket if none exists.
     *
     * @param existingBucket name of a bucket to use as it is; if empty, a bucket is created
     */
    public Storage(Construct scope, String id, Optional<String> existingBucket) {
        super(scope, id);
        bucket = existingBucket
                .map(name -> Bucket.fromBucketName(this, "Bucket", name))
                .orElseGet(this::newBucket);
        stateTable = new TableV2(
                this,
                "StateTable",
                TablePropsV2.builder()
                        .partitionKey(string(ResourceNames.STATE_PARTITION_KEY))
                        .sortKey(string(ResourceNames.STATE_SORT_KEY))
                        .billing(Billing.onDemand())
                        .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                                .pointInTimeRecoveryEnabled(true)
                                .build())
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .build());
    }

    /** The bucket of the lake. */
    public IBucket bucket() {
        return bucket;
    }

    /** The table with the export state of each cluster and table. */
    public TableV2 stateTable() {
        return stateTable;
    }

    /** {@code s3://bucket/folder}, without a trailing slash. */
    public String location(String folder) {
        return "s3://" + bucket.getBucketName() + "/" + folder;
    }

    private IBucket newBucket() {
        Bucket made = Bucket.Builder.create(this, "Bucket")
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .lifecycleRules(List.of(
                        expiry("expire-staging", STAGING, STAGING_KEPT),
                        expiry("expire-query-results", RESULTS, RESULTS_KEPT),
                        LifecycleRule.builder()
                                .id("abort-incomplete-uploads")
                                .abortIncompleteMultipartUploadAfter(Duration.days(7))
                                .build()))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        Acknowledged.rule(
                made, "S1", "CloudTrail of the account records access; access logs would need another bucket");
        return made;
    }

    private static LifecycleRule expiry(String id, String folder, Duration after) {
        return LifecycleRule.builder()
                .id(id)
                .prefix(folder + "/")
                .expiration(after)
                .build();
    }

    private static Attribute string(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
