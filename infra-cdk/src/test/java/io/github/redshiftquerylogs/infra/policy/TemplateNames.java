package io.github.redshiftquerylogs.infra.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names and ARNs of a template's resources, as a deployment would give them: by {@code LogicalId} and attribute. */
public final class TemplateNames {

    private static final String HERE = ":eu-central-1:000000000000:";

    private TemplateNames() {}

    /** For {@link TemplateValues}. */
    public static Map<String, String> of(JsonNode template) {
        Map<String, String> names = new HashMap<>();
        template.path("Resources")
                .properties()
                .forEach(resource -> add(
                        names,
                        resource.getKey(),
                        resource.getValue().path("Type").asText()));
        return names;
    }

    private static void add(Map<String, String> names, String id, String type) {
        switch (type) {
            case "AWS::IAM::Role" -> names.put(id + ".Arn", "arn:aws:iam::000000000000:role/" + id);
            case "AWS::S3::Bucket" -> {
                names.put(id, id.toLowerCase(Locale.ROOT));
                names.put(id + ".Arn", "arn:aws:s3:::" + id.toLowerCase(Locale.ROOT));
            }
            case "AWS::DynamoDB::GlobalTable" -> names.put(id + ".Arn", "arn:aws:dynamodb" + HERE + "table/" + id);
            case "AWS::SQS::Queue" -> names.put(id + ".Arn", "arn:aws:sqs" + HERE + id);
            case "AWS::SNS::Topic" -> names.put(id, "arn:aws:sns" + HERE + id);
            case "AWS::KMS::Key" -> names.put(id + ".Arn", "arn:aws:kms" + HERE + "key/" + id);
            case "AWS::Lambda::Function" -> names.put(id + ".Arn", "arn:aws:lambda" + HERE + "function:" + id);
            // the ARN of a log group ends like this
            case "AWS::Logs::LogGroup" -> names.put(id + ".Arn", "arn:aws:logs" + HERE + "log-group:" + id + ":*");
            default -> names.put(id, id);
        }
    }
}
