package io.github.redshiftquerylogs.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.infra.policy.Call;
import io.github.redshiftquerylogs.infra.policy.PolicyEvaluation;
import io.github.redshiftquerylogs.infra.policy.ServiceReference;
import io.github.redshiftquerylogs.infra.policy.TemplateNames;
import io.github.redshiftquerylogs.infra.policy.TemplateValues;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every policy of the template against AWS's service authorization reference. */
@NeedsNode
class ServiceReferenceTest {

    @Test
    void everyAllowedActionExistsAndTakesItsResourcesAndConditions() {
        Map<String, PolicyEvaluation> policies = new TreeMap<>();
        policies.putAll(policies(SynthesizedStack.standard().template()));
        policies.putAll(policies(SynthesizedStack.with(Map.of(
                        "clusters", "finance",
                        "vpc", "vpc-0abc1234",
                        "subnets", "subnet-0abc1234",
                        "endpoints", "create",
                        "lakeFormation", "true"))
                .template()));

        assertThat(policies).hasSizeGreaterThan(10);
        policies.forEach((name, policy) ->
                assertThat(ServiceReference.faults(policy)).as(name).isEmpty());
    }

    private static final String JOBS = "arn:aws:glue:eu-central-1:000000000000:job/";
    private static final String TABLES = "arn:aws:glue:eu-central-1:000000000000:table/a/*";
    private static final String BUCKET = "arn:aws:s3:::lake";

    @Test
    void whatAwsWouldRefuseOrIgnoreIsNoticed() {
        assertThat(faults("glue:GetJob", JOBS + "*", "")).isEmpty();
        assertThat(faults("glue:GetTheJob", JOBS + "*", "")).contains("A: glue:GetTheJob does not exist");
        assertThat(faults("glu:GetJob", JOBS + "*", "")).contains("A: glu:GetJob does not exist");
        assertThat(faults("glue:GetJobs", JOBS + "*", ""))
                .contains("A: glue:GetJobs takes no resource but *, not " + JOBS + "*");
        assertThat(faults("s3:ListBucket", BUCKET + "/lake/*", ""))
                .contains("A: s3:ListBucket takes accesspoint, bucket, not " + BUCKET + "/lake/*");
        assertThat(faults("s3:GetObject", BUCKET, "")).contains("A: no action takes " + BUCKET);
        assertThat(faults("glue:UpdateTable", TABLES, ""))
                .containsExactly("glue:UpdateTable also needs a database", "glue:UpdateTable also needs a rootcatalog");
        assertThat(faults("s3:ListBucket", BUCKET, "s3:prefix")).isEmpty();
        assertThat(faults("s3:GetObject", BUCKET + "/a", "s3:prefix"))
                .containsExactly("A: s3:GetObject on " + BUCKET + "/a has no condition key s3:prefix");
        assertThat(faults("glue:GetJob", JOBS + "*", "aws:RequestTag/project"))
                .containsExactly("A: glue:GetJob on " + JOBS + "* has no condition key aws:RequestTag/project");
        assertThat(faults("glue:CreateJob", JOBS + "*", "aws:RequestTag/project"))
                .isEmpty();
        assertThat(faults("glue:GetJob", JOBS + "*", "aws:RequestedRegion")).isEmpty();
    }

    @Test
    void callsThatAreNotAllowedOrDoNotExistAreRefused() {
        PolicyEvaluation policies =
                policies("ssm:PutParameter", "arn:aws:ssm:eu-central-1:000000000000:parameter/a.*", "ssm:Overwrite");
        Call put = Call.of("ssm:PutParameter", "arn:aws:ssm:eu-central-1:000000000000:parameter/a.user");

        assertThat(ServiceReference.refused(policies, List.of(put.with("ssm:Overwrite", "some"))))
                .isEmpty();
        assertThat(ServiceReference.refused(
                        policies,
                        List.of(
                                put,
                                put.with("ssm:Overwrite", "other"),
                                Call.of("ssm:PutParameter", "arn:aws:ssm:eu-central-1:000000000000:parameter/b.user")
                                        .with("ssm:Overwrite", "some"),
                                Call.of("ssm:PutParameters", put.resource()))))
                .satisfiesExactly(
                        refusal -> assertThat(refusal).endsWith("ImplicitlyDenied"),
                        refusal -> assertThat(refusal).endsWith("ImplicitlyDenied"),
                        refusal -> assertThat(refusal).endsWith("ImplicitlyDenied"),
                        refusal -> assertThat(refusal).contains("invalid.action"));
    }

    private static List<String> faults(String action, String resource, String key) {
        return ServiceReference.faults(policies(action, resource, key));
    }

    private static PolicyEvaluation policies(String action, String resource, String key) {
        ObjectNode statement = JsonNodeFactory.instance
                .objectNode()
                .put("Sid", "A")
                .put("Effect", "Allow")
                .put("Action", action)
                .put("Resource", resource);
        if (!key.isEmpty()) {
            statement.putObject("Condition").putObject("StringEquals").put(key, "some");
        }
        return new TemplateValues(Map.of())
                .allowed(JsonNodeFactory.instance.arrayNode().add(statement));
    }

    /** The policies of roles, and of resources such as a key, by logical id. */
    private static Map<String, PolicyEvaluation> policies(JsonNode template) {
        TemplateValues values = new TemplateValues(TemplateNames.of(template));
        Map<String, PolicyEvaluation> policies = new TreeMap<>();
        template.path("Resources")
                .properties()
                .forEach(resource -> resource.getValue()
                        .path("Properties")
                        .findValues("Statement")
                        .forEach(statements -> policies.put(resource.getKey(), values.allowed(statements))));
        return policies;
    }
}
