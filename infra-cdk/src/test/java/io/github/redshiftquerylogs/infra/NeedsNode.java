package io.github.redshiftquerylogs.infra;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The CDK's Java classes call a Node process, so tests of constructs and handlers need Node. Without it they are skipped
 * with a reason; with {@code -Dinfra.node=required}, which the CI pipeline sets, they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNode.Condition.class)
public @interface NeedsNode {

    int LEAST_VERSION = 20;

    final class Condition implements ExecutionCondition {

        private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL);

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<Integer> version = version();
            if (version.filter(number -> number >= LEAST_VERSION).isPresent()) {
                return ConditionEvaluationResult.enabled("Node " + version.get());
            }
            String problem = "the CDK needs Node " + LEAST_VERSION + " or newer on the PATH, found "
                    + version.map(number -> "version " + number).orElse("none");
            if ("required".equals(System.getProperty("infra.node"))) {
                throw new ExtensionConfigurationException(problem);
            }
            return ConditionEvaluationResult.disabled("skipped: " + problem);
        }

        private static Optional<Integer> version() {
            try {
                Process node = new ProcessBuilder("node", "--version").start();
                Matcher version =
                        VERSION.matcher(new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                return version.matches() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}
