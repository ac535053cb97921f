package io.github.redshiftquerylogs.infra.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.NodeModules;
import io.github.redshiftquerylogs.infra.handlers.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An evaluation of policies beside {@link PolicyEvaluation}, by packages that are not this project's: an engine, and
 * AWS's service authorization reference ({@code policies.mjs}). Conditions on {@code kms:EncryptionContext:…} are left
 * to {@link PolicyEvaluation}, since the engine ignores them.
 */
public final class ServiceReference {

    private ServiceReference() {}

    /** The calls that the policies do not allow, or that AWS does not have, each with the reason. */
    public static List<String> refused(PolicyEvaluation policies, List<Call> calls) {
        return call(Map.of("statements", statements(policies), "calls", calls));
    }

    /**
     * What is wrong with the policies: actions that do not exist, resources that an action does not take, condition keys
     * that a request does not have, required resources that are missing.
     */
    public static List<String> faults(PolicyEvaluation policies) {
        return call(Map.of("statements", statements(policies)));
    }

    private static List<Map<String, Object>> statements(PolicyEvaluation policies) {
        return policies.statements().stream()
                .map(statement -> {
                    Map<String, Object> document = new HashMap<>(Map.of(
                            "Effect", statement.allow() ? "Allow" : "Deny",
                            "Action", statement.actions(),
                            "Resource", statement.resources(),
                            "Condition", statement.conditions()));
                    if (!statement.sid().isEmpty()) {
                        document.put("Sid", statement.sid());
                    }
                    return document;
                })
                .toList();
    }

    private static List<String> call(Map<String, Object> event) {
        try {
            NodeModules.install();
            JsonNode answer = NodeProcess.call(Map.of(
                    "file", "src/test/resources/policies.mjs", "event", event, "seconds", 60, "variables", Map.of()));
            List<String> texts = new ArrayList<>();
            answer.forEach(text -> texts.add(text.asText()));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
