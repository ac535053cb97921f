package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.orchestrator.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.CallFailure.Operation;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The parameter in Parameter Store, by the SDK. Never overwrites. */
final class SsmConnectionRecord implements ConnectionRecord {

    private final SsmClient ssm;

    /** @param ssm may repeat requests by itself: what a repeated one finds is what the first one has recorded */
    SsmConnectionRecord(SsmClient ssm) {
        this.ssm = ssm;
    }

    @Override
    public boolean record(ClusterName cluster, String connection) throws CallFailedException {
        try {
            SdkCalls.make(
                    Operation.RECORD_CONNECTION,
                    () -> ssm.putParameter(request -> request.name(ParameterNames.connection(cluster))
                            .type(ParameterType.STRING)
                            .value(connection)
                            .description("Glue connection that the orchestrator of redshift-query-logs made")
                            .overwrite(false)));
            return true;
        } catch (CallFailedException e) {
            if (e.failure().kind() == Kind.EXISTS) {
                return false;
            }
            throw e;
        }
    }
}
