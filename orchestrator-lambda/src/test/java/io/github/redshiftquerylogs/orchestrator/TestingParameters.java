package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** Parameter Store in memory: ten names per call, without unknown ones; never decrypts or overwrites. */
public final class TestingParameters implements SsmClient {

    public static final String PASSWORD = "S3cret!pass";

    private final Set<String> plain = new HashSet<>();
    private final Map<String, String> values = new TreeMap<>();

    /** A deployment with global parameters and these clusters. */
    static TestingParameters withClusters(String... list) {
        TestingParameters parameters = new TestingParameters()
                .put(ParameterNames.ENABLED_CLUSTER_LIST, String.join(",", list))
                .put(ParameterNames.S3_PREFIX, "s3://lake/logs")
                .put(ParameterNames.TEMPDIR, "s3://staging/tmp")
                .put(ParameterNames.ROLE, "exporter");
        for (String name : list) {
            if (ClusterName.of(name).isPresent()) {
                parameters.putCluster(name, "exporter_user");
            }
        }
        return parameters;
    }

    public TestingParameters put(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** Stores the password of a cluster in clear. */
    TestingParameters putPlainPassword(String cluster) {
        String name = ParameterNames.password(new ClusterName(cluster));
        plain.add(name);
        return put(name, PASSWORD);
    }

    TestingParameters putCluster(String name, String user) {
        ClusterName cluster = new ClusterName(name);
        return put(ParameterNames.connection(cluster), name + "-connection")
                .put(ParameterNames.user(cluster), user)
                .put(ParameterNames.password(cluster), PASSWORD);
    }

    public TestingParameters remove(String name) {
        values.remove(name);
        return this;
    }

    public Map<String, String> values() {
        return values;
    }

    @Override
    public synchronized PutParameterResponse putParameter(PutParameterRequest request) {
        if (values.putIfAbsent(request.name(), request.value()) != null && !request.overwrite()) {
            throw ParameterAlreadyExistsException.builder()
                    .statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ParameterAlreadyExists")
                            .errorMessage("The parameter already exists.")
                            .build())
                    .build();
        }
        return PutParameterResponse.builder().version(1L).build();
    }

    @Override
    public synchronized GetParametersResponse getParameters(GetParametersRequest request) {
        if (request.names().size() > 10 || request.withDecryption()) {
            throw SsmException.builder()
                    .message("the Lambda asks for ten names at most, and may not decrypt")
                    .build();
        }
        return GetParametersResponse.builder()
                .parameters(request.names().stream()
                        .filter(values::containsKey)
                        .map(name -> Parameter.builder()
                                .name(name)
                                .value(
                                        name.endsWith(".password") && !plain.contains(name)
                                                ? "AQICAHi-encrypted"
                                                : values.get(name))
                                .type(
                                        name.endsWith(".password") && !plain.contains(name)
                                                ? ParameterType.SECURE_STRING
                                                : ParameterType.STRING)
                                .build())
                        .toList())
                .build();
    }

    @Override
    public String serviceName() {
        return "ssm";
    }

    @Override
    public void close() {}
}
