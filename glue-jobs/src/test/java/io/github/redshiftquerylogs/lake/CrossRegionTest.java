package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.redshiftquerylogs.contract.SparkSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bucket in another Region than the job: S3 redirects requests that are signed for the job's. */
class CrossRegionTest {

    private static final String PREFIX = "spark.sql.catalog." + SparkSettings.CATALOG + ".";
    private static final String CROSS_REGION = "s3.cross-region-access-enabled";
    private static final byte[] CONTENT = "manifest".getBytes(StandardCharsets.UTF_8);
    private static final byte[] REDIRECT = "<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>"
            .getBytes(StandardCharsets.UTF_8);

    private HttpServer s3;

    @BeforeEach
    void start() throws IOException {
        s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        s3.createContext("/", CrossRegionTest::answer);
        s3.start();
    }

    @AfterEach
    void stop() {
        s3.stop(0);
    }

    private static void answer(HttpExchange request) throws IOException {
        String signed = request.getRequestHeaders().getFirst("Authorization");
        boolean here = signed != null && signed.contains("/us-west-2/s3/");
        byte[] body = here ? CONTENT : REDIRECT;
        request.getResponseHeaders().set("x-amz-bucket-region", "us-west-2");
        boolean head = request.getRequestMethod().equals("HEAD");
        request.sendResponseHeaders(here ? 200 : 301, head ? -1 : body.length);
        if (!head) {
            request.getResponseBody().write(body);
        }
        request.close();
    }

    private String read(Map<String, String> settings) throws IOException {
        Map<String, String> properties = new HashMap<>(settings);
        properties.put("http-client.type", "urlconnection");
        properties.put("s3.endpoint", "http://127.0.0.1:" + s3.getAddress().getPort());
        properties.put("s3.path-style-access", "true");
        try (S3FileIO io = new S3FileIO()) {
            io.initialize(properties);
            try (InputStream in = io.newInputFile("s3://staging/temp/manifest").newStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    /** The settings of a job for its catalog, which are those of its files too. */
    private static Map<String, String> ofAJob() {
        Map<String, String> settings = new HashMap<>();
        SparkSettings.of("s3://lake").forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                settings.put(name.substring(PREFIX.length()), value);
            }
        });
        return settings;
    }

    @Test
    void jobReadsFilesOfABucketInAnotherRegion() throws IOException {
        assertThat(read(ofAJob())).isEqualTo("manifest");
    }

    @Test
    void withoutTheSettingItDoesNot() {
        Map<String, String> settings = ofAJob();
        settings.remove(CROSS_REGION);
        assertThatThrownBy(() -> read(settings)).hasMessageContaining("301");
    }
}
