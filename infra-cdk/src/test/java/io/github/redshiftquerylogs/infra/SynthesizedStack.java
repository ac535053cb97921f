package io.github.redshiftquerylogs.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.infra.foundation.Artifacts;
import io.github.redshiftquerylogs.infra.options.OptionsParser;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.TemplateNames;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Template;

/** The stack's template for some options, with the flags of {@code cdk.json}; synthesized once for equal options. */
public final class SynthesizedStack {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SMALL_DDL = Path.of("src/test/resources/ddl");
    private static final Map<Map<String, Object>, SynthesizedStack> MADE = new ConcurrentHashMap<>();

    private final JsonNode template;

    private SynthesizedStack(JsonNode template) {
        this.template = template;
    }

    /** With two clusters and the defaults of all other options. */
    public static SynthesizedStack standard() {
        return with(Map.of("clusters", "product-warehouse,finance"));
    }

    public static SynthesizedStack with(Map<String, Object> options) {
        return MADE.computeIfAbsent(options, given -> synthesize(given, SMALL_DDL));
    }

    /** With the SQL files of a folder. */
    public static SynthesizedStack withDdl(Path ddl, Map<String, Object> options) {
        return synthesize(options, ddl);
    }

    private static SynthesizedStack synthesize(Map<String, Object> options, Path ddl) {
        try {
            Map<String, Object> context = new HashMap<>();
            JSON.readTree(Path.of("cdk.json").toFile())
                    .path("context")
                    .properties()
                    .forEach(flag -> context.put(flag.getKey(), flag.getValue().booleanValue()));
            context.putAll(options);
            App app = new App(AppProps.builder()
                    .context(context)
                    .outdir(Files.createTempDirectory(Path.of("target"), "cdk.out-")
                            .toString())
                    .build());
            QueryLogsStack stack = new QueryLogsStack(
                    app, QueryLogsStack.NAME, OptionsParser.parse(CdkApp.context(app)), artifacts(ddl));
            return new SynthesizedStack(
                    JSON.valueToTree(Template.fromStack(stack).toJSON()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Real handlers and script, small jars and few SQL files. */
    static Artifacts artifacts() throws IOException {
        return artifacts(SMALL_DDL);
    }

    private static Artifacts artifacts(Path ddl) throws IOException {
        Path folder = Path.of("target/test-artifacts");
        Path jar = Files.createDirectories(folder).resolve("some.jar");
        if (!Files.exists(jar)) {
            Files.writeString(jar, "a jar");
        }
        return new Artifacts(
                jar, jar, Path.of("../glue-jobs/src/main/glue/ExportJob.scala"), ddl, Path.of("src/main/handlers"));
    }

    /** The resources of a type, by logical id. */
    public SortedMap<String, JsonNode> resources(String type) {
        SortedMap<String, JsonNode> found = new TreeMap<>();
        template.path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue());
            }
        });
        return found;
    }

    /** The only resource of a type whose logical id starts with a prefix. */
    public JsonNode resource(String type, String idPrefix) {
        List<JsonNode> found = resources(type).entrySet().stream()
                .filter(resource -> resource.getKey().startsWith(idPrefix))
                .map(Map.Entry::getValue)
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " resources " + idPrefix + "… of " + type + ", there are "
                    + resources(type).keySet());
        }
        return found.get(0);
    }

    /** Properties of the only resource of a type whose logical id starts with a prefix. */
    public JsonNode properties(String type, String idPrefix) {
        return resource(type, idPrefix).path("Properties");
    }

    /** All statements of the policies of a role, with names that a deployment could give. */
    public PolicyEvaluation policiesOf(String roleIdPrefix) {
        return new TemplateValues(TemplateNames.of(template)).policiesOf(template, roleIdPrefix);
    }

    public JsonNode template() {
        return template;
    }
}
