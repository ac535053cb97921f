package io.github.redshiftquerylogs.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.SsmException;

/**
 * Parameter Store in memory, as strict as the real one where it matters: one to ten names a call, none twice; unknown
 * names come back as invalid; the value of a SecureString is ciphertext unless decryption is asked for.
 */
final class TestingParameterStore implements SsmClient {

    static final String CIPHERTEXT = "AQICAHh-ciphertext";

    private final Map<String, Parameter> parameters = new HashMap<>();
    private final List<GetParametersRequest> calls = new ArrayList<>();

    TestingParameterStore put(String name, String value) {
        return put(name, value, ParameterType.STRING);
    }

    TestingParameterStore put(String name, String value, ParameterType type) {
        parameters.put(
                name, Parameter.builder().name(name).value(value).type(type).build());
        return this;
    }

    /** A deployment with these clusters, all complete. */
    static TestingParameterStore with(String... clusters) {
        TestingParameterStore store = new TestingParameterStore()
                .put(ParameterNames.ENABLED_CLUSTER_LIST, String.join(",", clusters), ParameterType.STRING_LIST)
                .put(ParameterNames.S3_PREFIX, "s3://lake/logs")
                .put(ParameterNames.TEMPDIR, "s3://staging")
                .put(ParameterNames.ROLE, "exporter");
        for (String cluster : clusters) {
            ClusterName name = new ClusterName(cluster);
            store.put(ParameterNames.connection(name), cluster + "-connection")
                    .put(ParameterNames.user(name), cluster + "_user")
                    .put(ParameterNames.password(name), passwordOf(cluster), ParameterType.SECURE_STRING);
        }
        return store;
    }

    static String passwordOf(String cluster) {
        return "S3cret!of-" + cluster;
    }

    TestingParameterStore remove(String name) {
        parameters.remove(name);
        return this;
    }

    List<GetParametersRequest> calls() {
        return calls;
    }

    @Override
    public GetParametersResponse getParameters(GetParametersRequest request) {
        calls.add(request);
        List<String> names = request.names();
        if (names.isEmpty() || names.size() > 10 || new HashSet<>(names).size() < names.size()) {
            throw SsmException.builder()
                    .message("1 validation error detected: names: expected 1 to 10, each once, were " + names)
                    .statusCode(400)
                    .build();
        }
        List<Parameter> found = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (String name : names) {
            @Nullable Parameter parameter = parameters.get(name);
            if (parameter == null) {
                invalid.add(name);
            } else if (parameter.type() == ParameterType.SECURE_STRING
                    && !Boolean.TRUE.equals(request.withDecryption())) {
                found.add(parameter.toBuilder().value(CIPHERTEXT).build());
            } else {
                found.add(parameter);
            }
        }
        return GetParametersResponse.builder()
                .parameters(found)
                .invalidParameters(invalid)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
