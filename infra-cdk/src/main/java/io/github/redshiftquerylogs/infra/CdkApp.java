package io.github.redshiftquerylogs.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.redshiftquerylogs.infra.cost.MonthlyCost;
import io.github.redshiftquerylogs.infra.foundation.Artifacts;
import io.github.redshiftquerylogs.infra.options.Options;
import io.github.redshiftquerylogs.infra.options.OptionsParser;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Validations;

/** The app started by {@code cdk.json}. Its working folder is {@code infra-cdk} of a clone whose jars are built. */
public final class CdkApp {

    private CdkApp() {}

    /**
     * Synthesizes the stack. If the context is invalid or an artifact is missing, prints a line per problem and exits
     * with 1.
     */
    public static void main(String... args) {
        App app = new App();
        try {
            Options options = OptionsParser.parse(context(app));
            synthesize(app, options, Artifacts.in(Path.of("..")));
        } catch (InvalidSettingsException e) {
            e.problems().forEach(problem -> System.err.println(problem));
            System.exit(1);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** The whole context, including the CDK's own keys. */
    static Map<String, Object> context(App app) {
        Map<String, Object> context = new TreeMap<>();
        if (app.getNode().getAllContext() instanceof Map<?, ?> all) {
            all.forEach((key, value) -> context.put(key.toString(), value));
        }
        return context;
    }

    private static void synthesize(App app, Options options, Artifacts artifacts) {
        new QueryLogsStack(app, QueryLogsStack.NAME, options, artifacts);
        Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
        app.synth();
        // standard output is for the template
        MonthlyCost.describe(options, artifacts.exportedTables().size()).forEach(line -> System.err.println(line));
    }
}
