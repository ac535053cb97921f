package io.github.redshiftquerylogs.infra.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces a template's functions by values, as CloudFormation does in a deployment. */
public final class TemplateValues {

    /** Region, account and partition of the deployment. */
    public static final Map<String, String> PSEUDO_PARAMETERS = Map.of(
            "AWS::Partition", "aws",
            "AWS::Region", "eu-central-1",
            "AWS::AccountId", "000000000000",
            "AWS::URLSuffix", "amazonaws.com",
            "AWS::StackId", "arn:aws:cloudformation:eu-central-1:000000000000:stack/redshift-query-logs/0a1b2c3d-rest");

    private static final Pattern IN_TEXT = Pattern.compile("\\$\\{([^}!]+)}");

    private final Map<String, String> values;

    /** @param values by {@code LogicalId} or {@code LogicalId.Attribute}; a missing one is replaced by this key */
    public TemplateValues(Map<String, String> values) {
        this.values = values;
    }

    /** A copy with all functions replaced. */
    public JsonNode resolve(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(resolve(element)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return call(only.getKey(), only.getValue());
            }
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> object.set(field.getKey(), resolve(field.getValue())));
        return object;
    }

    private JsonNode call(String function, JsonNode argument) {
        return switch (function) {
            case "Ref" -> TextNode.valueOf(value(argument.asText()));
            case "Fn::GetAtt" -> TextNode.valueOf(value(String.join(".", texts(argument))));
            case "Fn::Join" -> TextNode.valueOf(String.join(argument.get(0).asText(), texts(resolve(argument.get(1)))));
            case "Fn::Sub" ->
                TextNode.valueOf(IN_TEXT.matcher(argument.asText())
                        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1)))));
            case "Fn::Split" -> {
                ArrayNode parts = JsonNodeFactory.instance.arrayNode();
                Pattern.compile(argument.get(0).asText(), Pattern.LITERAL)
                        .splitAsStream(resolve(argument.get(1)).asText())
                        .forEach(parts::add);
                yield parts;
            }
            case "Fn::Select" -> resolve(argument.get(1)).get(argument.get(0).asInt());
            default -> throw new IllegalArgumentException("template function " + function);
        };
    }

    /** All statements of the policies of a role of the template. */
    public PolicyEvaluation policiesOf(JsonNode template, String roleIdPrefix) {
        List<PolicyStatement> statements = new ArrayList<>();
        template.path("Resources").properties().forEach(resource -> {
            JsonNode properties = resource.getValue().path("Properties");
            boolean ofRole = properties.path("Roles").findValuesAsText("Ref").stream()
                    .anyMatch(role -> role.matches(Pattern.quote(roleIdPrefix) + "[0-9A-F]{8}"));
            if (resource.getValue().path("Type").asText().equals("AWS::IAM::Policy") && ofRole) {
                resolve(properties.path("PolicyDocument").path("Statement"))
                        .forEach(statement -> statements.add(PolicyStatement.parse(statement)));
            }
        });
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("no policy of a role " + roleIdPrefix + "…");
        }
        return new PolicyEvaluation(List.copyOf(statements));
    }

    /**
     * The statements of a policy that allow actions on resources. Those of a resource's policy are taken without their
     * principal; a role's trust policy has none. The statement that the CDK puts into the policy of a key, which leaves
     * decisions to IAM, is left out.
     */
    public PolicyEvaluation allowed(JsonNode statements) {
        List<PolicyStatement> allowed = new ArrayList<>();
        resolve(statements).forEach(statement -> {
            boolean root = statement.path("Action").asText().equals("kms:*");
            if (statement.has("Resource") && statement.path("Effect").asText().equals("Allow") && !root) {
                allowed.add(PolicyStatement.parse(((ObjectNode) statement).without("Principal")));
            }
        });
        return new PolicyEvaluation(List.copyOf(allowed));
    }

    private String value(String name) {
        return values.getOrDefault(name, PSEUDO_PARAMETERS.getOrDefault(name, name));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
