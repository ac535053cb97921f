package io.github.redshiftquerylogs.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** The real client of Parameter Store over HTTP. */
class ParameterReaderWireTest {

    private static LocalAwsEndpoint endpoint;
    private static SsmClient ssm;

    @BeforeAll
    static void start() {
        endpoint = LocalAwsEndpoint.start(request -> {
            throw new IllegalStateException("no job is started here: " + request);
        });
        ssm = SsmClient.builder().endpointOverride(endpoint.uri()).build();
    }

    @AfterAll
    static void stop() {
        ssm.close();
        endpoint.close();
    }

    private static void put(String name, String value, ParameterType type) {
        ssm.putParameter(put -> put.name(name).value(value).type(type).overwrite(true));
    }

    @Test
    void readsAnyNumberOfNamesTenACall() {
        List<String> names = IntStream.range(0, 21).mapToObj(i -> "many." + i).toList();
        names.subList(0, 20).forEach(name -> put(name, "value of " + name, ParameterType.STRING));
        int before = endpoint.callCount("GetParameters");

        assertThat(new ParameterReader(ssm).read(names))
                .as("all but the one that does not exist")
                .hasSize(20)
                .containsEntry("many.7", "value of many.7");
        assertThat(endpoint.callCount("GetParameters") - before).isEqualTo(3);
        assertThatExceptionOfType(SsmException.class)
                .as("the service takes no more")
                .isThrownBy(() -> ssm.getParameters(get -> get.names(names)));
    }

    @Test
    void secretIsReadDecryptedOnlyByTheJob() {
        ClusterName cluster = new ClusterName("product-warehouse");
        String password = "p\"a's \\%&+w <é>";
        put(ParameterNames.ENABLED_CLUSTER_LIST, "product-warehouse", ParameterType.STRING_LIST);
        put(ParameterNames.S3_PREFIX, "s3://lake/logs/", ParameterType.STRING);
        put(ParameterNames.TEMPDIR, "s3://staging", ParameterType.STRING);
        put(ParameterNames.ROLE, "exporter", ParameterType.STRING);
        put(ParameterNames.connection(cluster), "warehouse", ParameterType.STRING);
        put(ParameterNames.user(cluster), "exporter_user", ParameterType.STRING);
        put(ParameterNames.password(cluster), password, ParameterType.SECURE_STRING);
        ParameterReader parameters = new ParameterReader(ssm);
        SettingsReader reader = new SettingsReader(ssm);

        assertThat(reader.readAll().clusters())
                .extracting(ClusterSettings::name)
                .containsExactly(cluster);
        assertThat(reader.readCredentials(cluster)).isEqualTo(new DatabaseCredentials("exporter_user", password));
        assertThat(parameters.read(List.of(ParameterNames.password(cluster))))
                .doesNotContainValue(password)
                .hasSize(1);
    }
}
