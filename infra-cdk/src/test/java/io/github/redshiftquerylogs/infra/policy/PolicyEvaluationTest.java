package io.github.redshiftquerylogs.infra.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyEvaluationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JOB = "arn:aws:glue:eu-central-1:0:job/";

    @Test
    void whatNoStatementAllowsIsRefused() {
        assertThat(evaluation().allows(Call.of("glue:GetJob", JOB + "a_export")))
                .isFalse();
    }

    @Test
    void actionAndResourceHaveToMatch() {
        PolicyEvaluation evaluation = evaluation(
                "{'Effect': 'Allow', 'Action': ['glue:GetJob', 'glue:Start*'], 'Resource': '" + JOB + "*_export'}");

        assertThat(evaluation.allows(Call.of("glue:GetJob", JOB + "a_export"))).isTrue();
        assertThat(evaluation.allows(Call.of("GLUE:startjobrun", JOB + "a_export")))
                .isTrue();
        assertThat(evaluation.allows(Call.of("glue:GetJobs", JOB + "a_export"))).isFalse();
        assertThat(evaluation.allows(Call.of("glue:GetJob", JOB + "a_export2"))).isFalse();
        assertThat(evaluation.allows(Call.of("glue:GetJob", "*"))).isFalse();
    }

    @Test
    void aDotIsADot() {
        PolicyEvaluation evaluation =
                evaluation("{'Effect': 'Allow', 'Action': 'ssm:GetParameters', 'Resource': 'logs.*'}");

        assertThat(evaluation.allows(Call.of("ssm:GetParameters", "logs.a.user")))
                .isTrue();
        assertThat(evaluation.allows(Call.of("ssm:GetParameters", "logs_other")))
                .isFalse();
    }

    @Test
    void denyWins() {
        PolicyEvaluation evaluation = evaluation(
                "{'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}",
                "{'Effect': 'Deny', 'Action': 's3:DeleteObject', 'Resource': 'lake/*'}");

        assertThat(evaluation.allows(Call.of("s3:DeleteObject", "staging/a"))).isTrue();
        assertThat(evaluation.allows(Call.of("s3:DeleteObject", "lake/a"))).isFalse();
    }

    @Test
    void allConditionsHaveToHold() {
        PolicyEvaluation evaluation = evaluation("{'Effect': 'Allow', 'Action': 'kms:Decrypt', 'Resource': '*',"
                + " 'Condition': {'StringEquals': {'kms:ViaService': 'ssm', 'aws:RequestedRegion': ['a', 'b']},"
                + " 'StringLike': {'kms:EncryptionContext:PARAMETER_ARN': 'logs.*'}}}");
        Call call = Call.of("kms:Decrypt", "key/1")
                .with("kms:ViaService", "ssm")
                .with("aws:RequestedRegion", "b")
                .with("kms:EncryptionContext:PARAMETER_ARN", "logs.a.password");

        assertThat(evaluation.allows(call)).isTrue();
        assertThat(evaluation.allows(call.with("kms:ViaService", "s3"))).isFalse();
        assertThat(evaluation.allows(call.with("aws:RequestedRegion", "c"))).isFalse();
        assertThat(evaluation.allows(call.with("kms:EncryptionContext:PARAMETER_ARN", "other.password")))
                .isFalse();
    }

    @Test
    void aCallWithoutTheKeyDoesNotMeetTheCondition() {
        PolicyEvaluation evaluation = evaluation("{'Effect': 'Allow', 'Action': 'ssm:PutParameter', 'Resource': '*',"
                + " 'Condition': {'StringEquals': {'ssm:Overwrite': 'false'}}}");

        assertThat(evaluation.allows(Call.of("ssm:PutParameter", "a"))).isFalse();
        assertThat(evaluation.allows(Call.of("ssm:PutParameter", "a").with("ssm:Overwrite", "false")))
                .isTrue();
    }

    @Test
    void forAllValuesEachValueHasToBeOneOfThem() {
        PolicyEvaluation evaluation = evaluation("{'Effect': 'Allow', 'Action': 'ec2:CreateTags', 'Resource': '*',"
                + " 'Condition': {'ForAllValues:StringEquals': {'aws:TagKeys': ['a', 'b']}}}");
        Call call = Call.of("ec2:CreateTags", "eni");

        assertThat(evaluation.allows(call.with("aws:TagKeys", "a", "b"))).isTrue();
        assertThat(evaluation.allows(call.with("aws:TagKeys", "a", "c"))).isFalse();
        assertThat(evaluation.allows(call)).isTrue();
    }

    @Test
    void aVariableIsTheCallersOwn() {
        PolicyEvaluation evaluation = evaluation("{'Effect': 'Allow', 'Action': 'd:Get', 'Resource': '*',"
                + " 'Condition': {'StringEquals': {'owner': '${aws:userid}'}}}");

        assertThat(evaluation.allows(Call.of("d:Get", "*").with("owner", "me").with("aws:userid", "me")))
                .isTrue();
        assertThat(evaluation.allows(
                        Call.of("d:Get", "*").with("owner", "other").with("aws:userid", "me")))
                .isFalse();
        assertThat(evaluation.allows(Call.of("d:Get", "*").with("owner", "me"))).isFalse();
    }

    @Test
    void whatIsNotKnownIsNeverTakenForTrue() {
        assertThatThrownBy(() -> evaluation("{'Effect': 'Allow', 'Action': 'a:B', 'Resource': '*',"
                                + " 'Condition': {'DateLessThan': {'aws:CurrentTime': '2027'}}}")
                        .allows(Call.of("a:B", "c")))
                .hasMessageContaining("DateLessThan");
        assertThatThrownBy(() -> evaluation("{'Effect': 'Allow', 'NotAction': 'a:B', 'Resource': '*'}"))
                .hasMessageContaining("NotAction");
    }

    @Test
    void allowedActionsThatNobodyNeedsAreTold() {
        PolicyEvaluation evaluation =
                evaluation("{'Effect': 'Allow', 'Action': ['glue:GetJob', 'glue:DeleteJob'], 'Resource': '*'}");

        assertThat(evaluation.unused(List.of(Call.of("glue:GetJob", "a")))).containsExactly("glue:DeleteJob");
        assertThat(evaluation.refused(List.of(Call.of("glue:GetJob", "a"), Call.of("glue:GetTable", "a"))))
                .extracting(Call::action)
                .containsExactly("glue:GetTable");
    }

    @Test
    void aStatementCanBeTakenAway() {
        PolicyEvaluation evaluation = evaluation(
                "{'Sid': 'A', 'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'}",
                "{'Sid': 'B', 'Effect': 'Allow', 'Action': 's3:PutObject', 'Resource': '*'}");

        assertThat(evaluation.without("A").allows(Call.of("s3:GetObject", "a"))).isFalse();
        assertThat(evaluation.without("A").allows(Call.of("s3:PutObject", "a"))).isTrue();
        assertThatThrownBy(() -> evaluation.without("C")).hasMessageContaining("C");
    }

    @Test
    void functionsOfATemplateAreResolved() throws JsonProcessingException {
        TemplateValues values = new TemplateValues(Map.of("Bucket", "lake", "Bucket.Arn", "arn:aws:s3:::lake"));

        assertThat(values.resolve(json("{'a': {'Fn::Join': ['', ['s3://', {'Ref': 'Bucket'}, '/x']]},"
                        + " 'b': [{'Fn::GetAtt': ['Bucket', 'Arn']}],"
                        + " 'c': {'Fn::Sub': 'in ${AWS::Region}'},"
                        + " 'd': {'Fn::Select': [1, {'Fn::Split': ['/', 'a/b/c']}]}}")))
                .isEqualTo(json("{'a': 's3://lake/x', 'b': ['arn:aws:s3:::lake'], 'c': 'in eu-central-1', 'd': 'b'}"));
        assertThatThrownBy(() -> values.resolve(json("{'Fn::ImportValue': 'x'}")))
                .hasMessageContaining("ImportValue");
    }

    private static PolicyEvaluation evaluation(String... statements) {
        return new PolicyEvaluation(List.of(statements).stream()
                .map(statement -> {
                    try {
                        return PolicyStatement.parse(json(statement));
                    } catch (JsonProcessingException e) {
                        throw new IllegalArgumentException(statement, e);
                    }
                })
                .toList());
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
