package io.github.redshiftquerylogs.sandbox.aws.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.aws.wire.LocalArns;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import io.github.redshiftquerylogs.sandbox.aws.wire.Page;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Systems Manager's Parameter Store, standard tier. Values of type SecureString are stored encrypted. */
public final class ParameterStore {

    private static final int NAMES_PER_CALL = 10;
    private static final int LONGEST_VALUE = 4096;
    private static final String SECURE = "SecureString";
    private static final List<String> TYPES = List.of("String", "StringList", SECURE);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.\\-/]{1,1011}");

    private final Clock clock;
    private final SecureStrings secureStrings = new SecureStrings();
    private final Map<String, Stored> parameters = new TreeMap<>();

    /** @param value as stored, so encrypted if it is a SecureString */
    private record Stored(String name, String type, String value, int version, Instant modified, String description) {

        String arn() {
            return LocalArns.of("ssm", "parameter/" + name);
        }
    }

    public ParameterStore(Clock clock) {
        this.clock = clock;
    }

    public Map<String, Operation> operations() {
        return Map.of(
                "PutParameter", this::put,
                "GetParameter", this::get,
                "GetParameters", this::getSeveral,
                "DeleteParameter", this::delete,
                "DeleteParameters", this::deleteSeveral,
                "DescribeParameters", this::describe);
    }

    private synchronized JsonNode put(JsonNode request) {
        String name = request.path("Name").asText();
        if (!NAME.matcher(name).matches()) {
            throw invalid("Parameter name: only a-z, A-Z, 0-9, and the following special characters: . - _ / are"
                    + " allowed, but it is '" + name + "'");
        }
        Stored old = parameters.get(name);
        if (old != null && !request.path("Overwrite").asBoolean(false)) {
            throw new AwsError(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request"
                            + " to true.");
        }
        Stored stored = new Stored(
                name,
                typeOf(request, old),
                "",
                old == null ? 1 : old.version() + 1,
                clock.instant(),
                request.path("Description").asText(old == null ? "" : old.description()));
        parameters.put(name, withValue(stored, request.path("Value").asText()));
        return Json.object().put("Version", stored.version()).put("Tier", "Standard");
    }

    private static String typeOf(JsonNode request, @Nullable Stored old) {
        String type = request.path("Type").asText(old == null ? "" : old.type());
        if (!TYPES.contains(type)) {
            throw invalid("A parameter type is required when you create a parameter: one of " + TYPES);
        }
        if (old != null && !type.equals(old.type())) {
            throw new AwsError(
                    "HierarchyTypeMismatchException",
                    "Parameter Store does not support changing a parameter from " + old.type() + " to " + type);
        }
        return type;
    }

    private Stored withValue(Stored stored, String value) {
        if (value.isEmpty() || value.length() > LONGEST_VALUE) {
            throw invalid("Standard tier parameters support a value of 1 to " + LONGEST_VALUE + " characters, "
                    + stored.name() + " would have " + value.length());
        }
        return new Stored(
                stored.name(),
                stored.type(),
                stored.type().equals(SECURE) ? secureStrings.encrypt(value) : value,
                stored.version(),
                stored.modified(),
                stored.description());
    }

    private synchronized JsonNode get(JsonNode request) {
        Stored stored = existing(request.path("Name").asText());
        return Json.object().set("Parameter", render(stored, decrypts(request)));
    }

    private synchronized JsonNode getSeveral(JsonNode request) {
        List<String> names = names(request);
        boolean decrypt = decrypts(request);
        ObjectNode reply = Json.object();
        reply.set(
                "Parameters",
                Json.array(known(names).stream()
                        .map(stored -> render(stored, decrypt))
                        .toList()));
        return reply.set("InvalidParameters", Json.texts(unknown(names)));
    }

    private synchronized JsonNode delete(JsonNode request) {
        parameters.remove(existing(request.path("Name").asText()).name());
        return Json.object();
    }

    private synchronized JsonNode deleteSeveral(JsonNode request) {
        List<String> names = names(request);
        ObjectNode reply = Json.object();
        reply.set("InvalidParameters", Json.texts(unknown(names)));
        reply.set(
                "DeletedParameters",
                Json.texts(known(names).stream().map(Stored::name).toList()));
        names.forEach(parameters::remove);
        return reply;
    }

    private synchronized JsonNode describe(JsonNode request) {
        List<JsonNode> found = new ArrayList<>();
        for (Stored stored : parameters.values()) {
            if (ParameterFilter.matches(stored.name(), stored.type(), request.path("ParameterFilters"))) {
                ObjectNode description = render(stored, false);
                description.remove("Value");
                found.add(description.put("Tier", "Standard").put("Description", stored.description()));
            }
        }
        return Page.of("Parameters", found, request);
    }

    private Stored existing(String name) {
        Stored stored = parameters.get(name);
        if (stored == null) {
            throw new AwsError("ParameterNotFound", "Parameter " + name + " not found.");
        }
        return stored;
    }

    private List<Stored> known(List<String> names) {
        return names.stream()
                .filter(parameters::containsKey)
                .map(this::existing)
                .toList();
    }

    private List<String> unknown(List<String> names) {
        return names.stream().filter(name -> !parameters.containsKey(name)).toList();
    }

    private ObjectNode render(Stored stored, boolean decrypt) {
        boolean decrypted = decrypt && stored.type().equals(SECURE);
        ObjectNode rendered = Json.object()
                .put("Name", stored.name())
                .put("Type", stored.type())
                .put("Value", decrypted ? secureStrings.decrypt(stored.value()) : stored.value())
                .put("Version", stored.version())
                .put("ARN", stored.arn())
                .put("DataType", "text");
        return rendered.set("LastModifiedDate", Json.time(stored.modified()));
    }

    private static boolean decrypts(JsonNode request) {
        return request.path("WithDecryption").asBoolean(false);
    }

    private static List<String> names(JsonNode request) {
        List<String> names =
                Json.strings(request.path("Names")).stream().distinct().collect(Collectors.toList());
        if (names.isEmpty() || request.path("Names").size() > NAMES_PER_CALL) {
            throw invalid("1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have"
                    + " length less than or equal to " + NAMES_PER_CALL + " and greater than or equal to 1");
        }
        return names;
    }

    private static AwsError invalid(String message) {
        return new AwsError("ValidationException", message);
    }
}
