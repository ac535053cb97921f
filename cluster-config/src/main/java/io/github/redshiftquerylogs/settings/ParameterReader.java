package io.github.redshiftquerylogs.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * Reads parameters by name.
 *
 * <p>GetParameters takes ten names a call and reports unknown ones beside the found ones
 * (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html). Names with dots cannot be
 * listed by path, so all names are requested.
 */
final class ParameterReader {

    private static final int NAMES_PER_CALL = 10;

    private final SsmClient ssm;

    /** @param ssm the caller closes it */
    ParameterReader(SsmClient ssm) {
        this.ssm = ssm;
    }

    /**
     * Reads values without decrypting SecureStrings, so the caller needs no permission to decrypt.
     *
     * @return the existing values, by name
     */
    Map<String, String> read(Collection<String> names) {
        return values(readParameters(names));
    }

    /** Reads values like {@link #read}, with the types of the parameters. */
    Map<String, Parameter> readParameters(Collection<String> names) {
        return read(names, false);
    }

    /** The values of parameters, by name. */
    static Map<String, String> values(Map<String, Parameter> parameters) {
        Map<String, String> values = new HashMap<>();
        parameters.forEach((name, parameter) -> values.put(name, parameter.value()));
        return values;
    }

    /**
     * Reads values and decrypts SecureStrings.
     *
     * @return the existing values, by name; may contain secrets
     */
    Map<String, String> readDecrypted(Collection<String> names) {
        return values(read(names, true));
    }

    private Map<String, Parameter> read(Collection<String> names, boolean decrypt) {
        Map<String, Parameter> found = new HashMap<>();
        List<String> unique = new ArrayList<>(new TreeSet<>(names));
        for (int start = 0; start < unique.size(); start += NAMES_PER_CALL) {
            List<String> call = unique.subList(start, Math.min(start + NAMES_PER_CALL, unique.size()));
            GetParametersResponse response =
                    ssm.getParameters(request -> request.names(call).withDecryption(decrypt));
            response.parameters().forEach(parameter -> found.put(parameter.name(), parameter));
        }
        return found;
    }
}
