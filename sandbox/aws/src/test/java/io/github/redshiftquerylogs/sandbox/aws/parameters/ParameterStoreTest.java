package io.github.redshiftquerylogs.sandbox.aws.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.sandbox.aws.TestingEndpoint;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.HierarchyTypeMismatchException;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.SsmException;

class ParameterStoreTest {

    @AutoClose
    private final TestingEndpoint aws = new TestingEndpoint();

    @Test
    void aParameterIsReadAsItWasPut() {
        put("logs.global.enabled_cluster_list", "a, b", ParameterType.STRING_LIST, false);

        Parameter parameter = get("logs.global.enabled_cluster_list", false);

        assertThat(parameter.value()).isEqualTo("a, b");
        assertThat(parameter.type()).isEqualTo(ParameterType.STRING_LIST);
        assertThat(parameter.version()).isEqualTo(1);
        assertThat(parameter.lastModifiedDate()).isNotNull();
    }

    @Test
    void anExistingParameterIsOverwrittenOnlyIfThatIsAskedFor() {
        put("a", "1", ParameterType.STRING, false);

        assertThatExceptionOfType(ParameterAlreadyExistsException.class)
                .isThrownBy(() -> put("a", "2", ParameterType.STRING, false));
        assertThat(get("a", false).value()).isEqualTo("1");

        put("a", "2", ParameterType.STRING, true);
        assertThat(get("a", false).value()).isEqualTo("2");
        assertThat(get("a", false).version()).isEqualTo(2);
    }

    @Test
    void theTypeOfAParameterStays() {
        put("a", "1", ParameterType.STRING, false);

        assertThatExceptionOfType(HierarchyTypeMismatchException.class)
                .isThrownBy(() -> put("a", "1", ParameterType.SECURE_STRING, true));
    }

    @Test
    void aNewParameterNeedsATypeAndOverwritingDoesNot() {
        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> aws.ssm.putParameter(put -> put.name("a").value("1")))
                .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));

        put("a", "1", ParameterType.STRING, false);
        aws.ssm.putParameter(put -> put.name("a").value("2").overwrite(true));
        assertThat(get("a", false).type()).isEqualTo(ParameterType.STRING);
    }

    @Test
    void aSecureStringIsCiphertextUnlessItIsDecrypted() {
        put("password", "Tr0ub4dor", ParameterType.SECURE_STRING, false);

        assertThat(get("password", true).value()).isEqualTo("Tr0ub4dor");
        assertThat(get("password", false).value()).isBase64().doesNotContain("Tr0ub4dor");
        GetParametersResponse several = aws.ssm.getParameters(get -> get.names("password"));
        assertThat(several.parameters().get(0).value()).doesNotContain("Tr0ub4dor");
        assertThat(several.parameters().get(0).type()).isEqualTo(ParameterType.SECURE_STRING);
    }

    @Test
    void decryptionLeavesOtherTypesAlone() {
        put("a", "plain", ParameterType.STRING, false);

        assertThat(get("a", true).value()).isEqualTo("plain");
    }

    @Test
    void unknownNamesAreReportedBesideTheFoundOnes() {
        put("a", "1", ParameterType.STRING, false);

        GetParametersResponse response = aws.ssm.getParameters(get -> get.names("a", "b"));

        assertThat(response.parameters()).extracting(Parameter::name).containsExactly("a");
        assertThat(response.invalidParameters()).containsExactly("b");
        assertThatExceptionOfType(ParameterNotFoundException.class).isThrownBy(() -> get("b", false));
    }

    @Test
    void aCallTakesTenNamesAndNotEleven() {
        assertThat(aws.ssm.getParameters(get -> get.names(names(10))).invalidParameters())
                .hasSize(10);

        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> aws.ssm.getParameters(get -> get.names(names(11))))
                .satisfies(e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
                    assertThat(e).hasMessageContaining("less than or equal to 10");
                });
    }

    @Test
    void valuesEndAtFourThousandAndNinetySixCharacters() {
        put("a", "x".repeat(4096), ParameterType.STRING, false);

        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> put("b", "x".repeat(4097), ParameterType.STRING, false));
        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> put("a b", "x", ParameterType.STRING, false))
                .withMessageContaining("'a b'");
    }

    @Test
    void deletedParametersAreGone() {
        put("a", "1", ParameterType.STRING, false);
        put("b", "1", ParameterType.STRING, false);

        aws.ssm.deleteParameter(delete -> delete.name("a"));
        assertThatExceptionOfType(ParameterNotFoundException.class)
                .isThrownBy(() -> aws.ssm.deleteParameter(delete -> delete.name("a")));
        assertThat(aws.ssm.deleteParameters(delete -> delete.names("a", "b")).deletedParameters())
                .containsExactly("b");
        assertThatExceptionOfType(ParameterNotFoundException.class).isThrownBy(() -> get("b", false));
    }

    @Test
    void parametersAreDescribedWithoutTheirValuesPageByPage() {
        names(3).forEach(name -> put("logs." + name, "1", ParameterType.STRING, false));
        put("other", "1", ParameterType.STRING, false);

        assertThat(aws
                        .ssm
                        .describeParametersPaginator(describe ->
                                describe.maxResults(2).parameterFilters(filter("Name", "BeginsWith", "logs.")))
                        .stream()
                        .flatMap(page -> page.parameters().stream()))
                .extracting(ParameterMetadata::name)
                .containsExactly("logs.n0", "logs.n1", "logs.n2");
        assertThat(aws.ssm
                        .describeParameters(DescribeParametersRequest.builder()
                                .parameterFilters(filter("Type", "Equals", "SecureString"))
                                .build())
                        .parameters())
                .isEmpty();
    }

    private void put(String name, String value, ParameterType type, boolean overwrite) {
        aws.ssm.putParameter(put -> put.name(name).value(value).type(type).overwrite(overwrite));
    }

    private Parameter get(String name, boolean decrypt) {
        return aws.ssm
                .getParameter(get -> get.name(name).withDecryption(decrypt))
                .parameter();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    private static ParameterStringFilter filter(String key, String option, String value) {
        return ParameterStringFilter.builder()
                .key(key)
                .option(option)
                .values(value)
                .build();
    }
}
