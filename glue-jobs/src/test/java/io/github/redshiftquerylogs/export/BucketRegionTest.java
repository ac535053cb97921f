package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class BucketRegionTest {

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, eu-central-1, ''",
        "eu-central-1, us-east-2, eu-central-1",
        "EU, eu-west-1, ''",
        "EU, eu-central-1, eu-west-1",
        ", us-east-1, ''",
        "'', eu-central-1, us-east-1",
        "eu-central-1, '', ''",
        "us-west-2, '', us-west-2"
    })
    void onlyARegionThatIsNotTheClustersIsSaid(@Nullable String constraint, String cluster, String expected) {
        Buckets s3 = new Buckets(constraint);

        Optional<String> region = BucketRegion.elsewhere(
                s3, "s3://staging/a/b", Optional.of(cluster).filter(name -> !name.isEmpty()));

        assertThat(region.orElse("")).isEqualTo(expected);
        assertThat(s3.asked).isEqualTo("staging");
    }

    @Test
    void bucketMayHaveNoPrefix() {
        Buckets s3 = new Buckets("us-west-2");
        assertThat(BucketRegion.elsewhere(s3, "s3://staging", Optional.empty())).contains("us-west-2");
        assertThat(s3.asked).isEqualTo("staging");
    }

    /** UNLOAD has the say then; a run is not failed by a question that most runs do not need. */
    @Test
    void regionThatIsNotToldIsTakenForTheClusters() {
        assertThat(BucketRegion.elsewhere(new Buckets("denied"), "s3://staging", Optional.empty()))
                .isEmpty();
    }

    /** A client in eu-central-1. */
    private static final class Buckets implements S3Client {

        private final @Nullable String constraint;
        private String asked = "";

        Buckets(@Nullable String constraint) {
            this.constraint = constraint;
        }

        @Override
        public GetBucketLocationResponse getBucketLocation(GetBucketLocationRequest request) {
            asked = request.bucket();
            if ("denied".equals(constraint)) {
                throw S3Exception.builder().message("Access Denied").build();
            }
            return GetBucketLocationResponse.builder()
                    .locationConstraint(constraint)
                    .build();
        }

        @Override
        public S3ServiceClientConfiguration serviceClientConfiguration() {
            return S3ServiceClientConfiguration.builder()
                    .region(Region.EU_CENTRAL_1)
                    .build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
